using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Configuration;
using XenShell.Core.Judgement;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Tenant.Client;

namespace XenShell.Tenant.Sessions;

/// <summary>One user's log-in: who, where, and which guest is under control.</summary>
public sealed class Session
{
    public Session(HostLayout layout)
    {
        Layout = layout;
        Gate = new GateClient(layout);
        Tell.Patience = () => Idle.Left;
    }

    public HostLayout Layout { get; }

    public Account Account { get; } = Accounts.ByUid(ThisProcess.RealUid) ?? throw new IOException("you have no account here");

    public GateClient Gate { get; }

    public CommandTable Commands { get; } = CommandTable.Product;

    /// <summary>The courtesy part of xen-shell.conf; where the file is broken the gate says so at the first command.</summary>
    public Settings Settings => field ??= ReadSettings();

    /// <summary>Ends the session of somebody who went away.</summary>
    public IdleClock Idle => field ??= new IdleClock(Settings.IdleTimeout);

    /// <summary>What was refused in this session, against who types faster than a person errs.</summary>
    public RefusalPace Refusals { get; } = new();

    /// <summary>The user wants to leave.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>The guest that commands are about when they name none.</summary>
    public GuestName? Chosen { get; set; }

    /// <summary>The user's guests as of the last look; null before the first.</summary>
    public OwnGuests Guests => field ??= new OwnGuests(Gate);

    /// <summary>Chooses a guest.</summary>
    /// <exception cref="RefusedException">It is none of the user's.</exception>
    public ExitCode Choose(string word)
    {
        if (!GuestName.TryParse(word, out var name) || !Guests.Has(name))
        {
            throw new RefusedException($"{word}: no such guest; 'list' shows yours");
        }

        Chosen = name;
        return ExitCode.Done;
    }

    public ExitCode Leave()
    {
        IsLeft = true;
        return ExitCode.Done;
    }

    /// <summary>Whether a command that the shell does alone is open to the user; the gate judges all others.</summary>
    public bool MayUse(Command command) => new Judge(Settings, Accounts.IsMember).MayUse(Account, command);

    private Settings ReadSettings()
    {
        try
        {
            return SettingsReader.Read(Layout);
        }
        catch (ConfigurationException)
        {
            return new Settings { Patterns = [] };
        }
    }
}
