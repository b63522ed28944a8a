using XenShell.Core;
using XenShell.Core.Configuration;
using XenShell.Core.Guests;
using XenShell.Core.Native;

namespace XenShell;

/// <summary>One user's log-in: who, where, and which guest is under control.</summary>
internal sealed class Session(HostLayout layout)
{
    internal HostLayout Layout { get; } = layout;

    internal Account Account { get; } = Accounts.ByUid(ThisProcess.RealUid) ?? throw new IOException("you have no account here");

    internal GateClient Gate { get; } = new(layout);

    /// <summary>The courtesy part of xen-shell.conf; where the file is broken the gate says so at the first command.</summary>
    internal Settings Settings => field ??= ReadSettings();

    /// <summary>The guest that commands are about when they name none.</summary>
    internal GuestName? Chosen { get; set; }

    /// <summary>The user's guests as of the last look; null before the first.</summary>
    internal OwnGuests Guests => field ??= new OwnGuests(Gate);

    /// <summary>Chooses a guest, if it is one of the user's.</summary>
    internal ExitCode Choose(string word)
    {
        if (GuestName.TryParse(word, out var name) && Guests.Names().Contains(name.Text))
        {
            Chosen = name;
            return ExitCode.Done;
        }

        Tell.Error($"{word}: no such guest; 'list' shows yours");
        return ExitCode.NotAllowed;
    }

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
