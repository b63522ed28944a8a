using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Commands;
using XenShell.Core.Consoles;
using XenShell.Core.Domains;
using XenShell.Core.Guests;
using XenShell.Core.Judgement;
using XenShell.Core.Locks;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Printing;
using XenShell.Core.Toolstacks;
using XenShell.Gate.Verbs;

namespace XenShell.Gate;

/// <summary>One permitted request on its way: what was judged, and the means to do it.</summary>
internal sealed class Act
{
    private readonly Means means;

    private Act(Means means, Policy policy, Caller caller, Invocation request, Standing? standing)
    {
        this.means = means;
        Policy = policy;
        Caller = caller;
        Request = request;
        Standing = standing;
    }

    internal HostLayout Layout => means.Layout;

    internal CallerInput Input => means.Input;

    internal Output Output => means.Output;

    internal Policy Policy { get; private set; }

    internal Caller Caller { get; }

    internal Invocation Request { get; }

    internal Standing? Standing { get; private set; }

    /// <summary>Of a request that names one.</summary>
    internal Guest Guest => Standing!.Guest;

    internal GuestName Name => Guest.Name;

    internal IToolstack Toolstack => field ??= means.Toolstack(Policy.Settings);

    internal StateSnapshot States => field ??= new StateSnapshot(Layout, Toolstack);

    internal DiskSnapshot Disks => field ??= new DiskSnapshot(Layout, Toolstack);

    /// <summary>What came to light of the guest on the way; told when the verb is done, and its lock no longer held.</summary>
    internal List<string> News { get; } = [];

    /// <summary>What was logged for a former owner of the name is for staff alone.</summary>
    internal ConsoleLog ConsoleLog => field ??= LogHandover.Begin(Layout, Policy.Settings, Guest) is var begin && Standing!.IsStaff
        ? new ConsoleLog(Layout, Name)
        : new ConsoleLog(Layout, Name, begin);

    /// <returns>The exit code and, for the record, what came of it.</returns>
    internal static (ExitCode Code, string? Outcome) Perform(Means means, Policy policy, Caller caller, Invocation request, Standing? standing)
    {
        Folders.Create(means.Layout.RunFolder);
        var act = new Act(means, policy, caller, request, standing);
        try
        {
            Confirmation.Require(request);
            return VerbTable.Of(request.Command.Verb!)(act);
        }
        catch (UsageException e)
        {
            throw Refusal(ExitCode.Usage, e.Message);
        }
        catch (ToolstackException e)
        {
            throw act.Refusal(e);
        }
        catch (GuestBusyException e)
        {
            var who = e.Holder is { } holder ? $"{holder.User} is at it ({holder.Verb}, since {UtcTime.Of(holder.Since)})" : "somebody is at it";
            throw Refusal(ExitCode.Busy, $"{act.Name}: busy: {who}; try again when that is done", "busy");
        }
        catch (IOException e)
        {
            throw Refusal(ExitCode.Failed, "something went wrong on this host; please tell its administrator", e.Message);
        }
        finally
        {
            act.News.ForEach(act.Output.Say);
        }
    }

    /// <summary>The toolstack's own words are for the record: they name paths and other guests.</summary>
    internal GateRefusal Refusal(ToolstackException e) => e.IsSilent
        ? Refusal(ExitCode.ToolstackSilent, "the host's Xen does not answer; try again in a minute, then tell the administrator", $"{e.Message}: {e.Detail}")
        : Refusal(ExitCode.Failed, $"the host's Xen refused to {Request.Command.Name}{(Request.Guest is { } guest ? $" {guest}" : "")}; please tell the administrator, whose record says why", $"{e.Message}: {e.Detail}");

    /// <summary>For the administrator, who reads the record: something on the host that is not the caller's doing.</summary>
    internal void Report(string problem)
    {
        try
        {
            AuditLog.OfTheHost(Layout).Problem(problem);
        }
        catch (IOException)
        {
            // no room for it, and syslog has it
        }
    }

    internal static GateRefusal Refusal(ExitCode code, string message, string? reason = null) => new(code, message, reason ?? message);

    /// <summary>
    /// The guest's lock; to be held from the last look at its state to the act. Others may have had it for long,
    /// and root's files may say otherwise by now: judged anew, and from here on by what they say now.
    /// </summary>
    /// <exception cref="GateRefusal">No longer permitted.</exception>
    internal GuestLock Lock()
    {
        var held = GuestLock.Take(Layout, Name, Caller.Account.Uid, Caller.Account.Name, Request.Command.Name);
        try
        {
            Caller.RequireTenant(Layout);
            Policy = Policy.Read(Layout);
            Standing = Policy.Decide(Caller, Request);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Looks at the guest's state, now, and refuses what makes no sense in it; to be called under its lock.</summary>
    /// <returns>Null when it is off.</returns>
    internal Domain? RequireState() => Require(States.Now(Name));

    /// <summary>The same of what is known already: without the lock, a state of this moment means nothing, and asking for it would be anybody's way to busy the toolstack.</summary>
    internal Domain? RequireKnownState() => Require(States.Of(Name));

    /// <summary>The state for a wait that a moment's silence of the toolstack must not end.</summary>
    /// <returns>False when it does not answer now; null is off.</returns>
    internal bool TryState(out Domain? domain)
    {
        try
        {
            domain = States.Of(Name);
            return true;
        }
        catch (ToolstackException e) when (e.IsSilent)
        {
            domain = null;
            return false;
        }
    }

    private Domain? Require(Domain? domain)
    {
        var state = domain?.State ?? DomainState.Off;
        return Request.Command.States is { } states && !states.Contains(state)
            ? throw Refusal(ExitCode.WrongState, $"{Name} is {DomainStateWords.Of(state)}; {Advice(state)}", $"wrong state: {state}")
            : domain;
    }

    /// <summary>Whether root's files allow it still: grants may have changed during a long wait.</summary>
    internal bool IsStillPermitted(Invocation request)
    {
        try
        {
            Caller.RequireTenant(Layout);
            Policy.Read(Layout).Decide(Caller, request);
            return true;
        }
        catch (Exception)
        {
            return false; // fail safe: what cannot be decided is not permitted
        }
    }

    private string Advice(DomainState state) => state switch
    {
        DomainState.Off => $"'boot {Name}' starts it",
        DomainState.Running when Request.Command.States!.Contains(DomainState.Off) => $"'reboot {Name}' asks it to start anew",
        DomainState.Running => "there is nothing to do",
        DomainState.Paused => $"'unpause {Name}' lets it go on, 'poweroff {Name}' cuts its power",
        DomainState.Suspended => $"it is being saved or moved, or was left so; 'reset {Name}' boots it anew",
        DomainState.Down => $"'boot {Name}' clears it away and starts it",
        DomainState.Crashed when Request.Command.Destroys => $"'poweroff {Name}' ends it, and then the same again; 'log {Name}' shows its last words",
        DomainState.Crashed => $"'reset {Name}' boots it anew, 'log {Name}' shows its last words",
        _ => "try again in a moment",
    };
}
