using System.Diagnostics;
using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Domains;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>The beginning of a domain: what has to be so before, and what the toolstack takes its time for; all under the guest's lock.</summary>
internal static class Creation
{
    /// <summary>A guest that is down is cleared away, where nobody does that: with on_poweroff = 'preserve', or without xl's process.</summary>
    /// <param name="domain">As it was seen; null is off.</param>
    internal static void RequireGone(Act act, Domain? domain)
    {
        var watch = Stopwatch.StartNew();
        for (var now = domain; now is { State: DomainState.Down } && now.Id == domain!.Id; now = act.States.Now(act.Name))
        {
            if (watch.Elapsed > GateLimits.Cleared)
            {
                Destruction.CutPower(act, now);
                return;
            }

            Poll.Pause(GateLimits.Tick);
        }

        if (domain is not null)
        {
            act.RequireState(); // it may have rebooted by itself
        }
    }

    /// <summary>No other domain may be this guest, or have its disks, now or in a moment.</summary>
    /// <param name="own">The guest's domain that is there still, if it is to go.</param>
    /// <returns>The guest's own claim on its disks, to be held until its domain is made.</returns>
    internal static DiskClaim RequireNobodyElse(Act act, Domain? own = null)
    {
        RequireNames(act);
        RequireStaying(act);
        var disks = new OwnDisks(act);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var claim = disks.Claim(out var claims);
            try
            {
                var shared = disks.FindShared(claims, own, out var running, out var unknown);
                if (shared is null && unknown is null)
                {
                    return claim;
                }

                if (own is null)
                {
                    act.RequireState(); // xl's own process may have brought it back meanwhile
                }

                if (shared is null)
                {
                    if (watch.Elapsed > GateLimits.Cleared)
                    {
                        throw Act.Refusal(ExitCode.Busy, $"{act.Name}: another guest is being made on this host, and its disks are not known yet; try again when it is there", $"domain {unknown!.Id} {unknown.Name} shows no disks yet");
                    }
                }
                else if (!claims.Contains(shared.With.Holder) || running.Contains(shared.With.Holder) || watch.Elapsed > GateLimits.Cleared)
                {
                    throw Act.Refusal(ExitCode.Busy, $"{act.Name}: its disk {shared.Disk.Device} is in use by {(shared.With.IsOfTheHost ? "the host itself" : "another guest")}; please tell the administrator", $"{shared.Disk.Target} is a disk of {shared.With.Holder}");
                }
            }
            catch
            {
                claim.Dispose();
                throw;
            }

            claim.Dispose(); // the other guest may have gone off just now, and xl's own process of it goes a moment later; or its disks are about to be shown
            Poll.Pause(GateLimits.Tick);
        }
    }

    /// <summary>It is not between two hosts.</summary>
    internal static void RequireStaying(Act act)
    {
        if (act.States.Domains().FirstOrDefault(domain => domain.Name != act.Name.Text && Domain.MovedGuest(domain.Name) == act.Name.Text) is { } moving)
        {
            throw Act.Refusal(ExitCode.Busy, $"{act.Name}: it is being moved between hosts; try again when that is done, and tell the administrator when it lasts", $"domain {moving.Id} is {moving.Name}");
        }
    }

    private static void RequireNames(Act act)
    {
        var watch = Stopwatch.StartNew();
        while (act.States.Domains().FirstOrDefault(domain => domain.IsNameless) is { } nameless)
        {
            if (watch.Elapsed > GateLimits.Named)
            {
                throw Act.Refusal(ExitCode.Busy, $"{act.Name}: a guest runs on this host that Xen cannot name, and it may be this one; please tell the administrator", $"domain {nameless.Id} has no name: was xenstored ended?");
            }

            Poll.Pause(GateLimits.Tick);
            act.States.Forget();
        }
    }

    /// <summary>Starts the guest; the caller holds its lock and its disks, and knows that it is off.</summary>
    /// <param name="wasUp">It ran until now: it is not left off, whatever becomes of the caller's rights.</param>
    /// <returns>Where the console log stood before.</returns>
    internal static long Begin(Act act, DiskClaim disks, bool wasUp = false)
    {
        var logOffset = act.ConsoleLog.Length();
        act.States.Forget();
        var making = new Making(act, wasUp ? null : new PolicyWatch(act, act.Request));
        using (var copy = JudgedCopy.Of(act.Layout, act.Guest))
        {
            var saved = SavedState.PutAside(act, "is booted afresh");
            try
            {
                Create(act, copy.Path, disks, making);
            }
            catch (ToolstackException e)
            {
                if (!e.IsNameTaken && !(making.IsKept && e.IsLate))
                {
                    ClearHalfBuilt(act); // otherwise what is half-built is somebody else's
                }

                if (!wasUp && HasRunNothing(act, e, making))
                {
                    saved?.BringBack();
                }

                throw Failure(act, e, making) ?? (Exception)e.About(copy.Path, act.Guest.File);
            }
        }

        act.States.Forget();
        return logOffset;
    }

    // Of what was at work until its time was up nobody can say how far it came.
    private static bool HasRunNothing(Act act, ToolstackException e, Making making)
    {
        try
        {
            return (!e.IsLate || making.IsKept || making.WasEnded) && act.States.Now(act.Name) is null or { State: DomainState.Starting };
        }
        catch (ToolstackException)
        {
            return false;
        }
    }

    // Null for what the toolstack's own words are the record of.
    private static GateRefusal? Failure(Act act, ToolstackException e, Making making)
    {
        if (making.IsRevoked)
        {
            return GateRefusal.NoSuchGuest(act.Name.Text, "revoked while another guest was being made");
        }

        if (making.IsKept && e.IsLate)
        {
            return Act.Refusal(ExitCode.Busy, $"{act.Name}: another guest is being made on this host all that time; try again later", $"{e.Message}: somebody else has xl's lock");
        }

        if (making.WasEnded || (e.IsLate && making.HasBootLoader))
        {
            return Act.Refusal(ExitCode.Failed, $"{act.Name}: its boot loader did not come to an end; what it reads is on the guest's own disk", $"{e.Message}: {e.Detail}");
        }

        return BootLoaderLog.LastLine(act.Layout, e.Words, making.Began) is { } said
            ? Act.Refusal(ExitCode.Failed, $"{act.Name}: its own boot loader configuration failed{(said.Length > 0 ? $": {said}" : "")}", $"boot loader: {said}")
            : null;
    }

    /// <summary>The same after its power was cut: it is off, which nobody would guess from a complaint about the boot alone.</summary>
    internal static long BeginAgain(Act act, DiskClaim disks)
    {
        try
        {
            return Begin(act, disks, wasUp: true);
        }
        catch (ToolstackException e)
        {
            throw IsOffNow(act, act.Refusal(e));
        }
        catch (GateRefusal e)
        {
            throw IsOffNow(act, e);
        }
    }

    private static GateRefusal IsOffNow(Act act, GateRefusal why) =>
        Act.Refusal(why.Code, $"{why.Message}\n{act.Name} is off now; 'boot {act.Name}' tries again", why.Reason);

    // For some seconds after a domain is gone its name is not.
    private static void Create(Act act, string file, DiskClaim disks, Making making)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                act.Toolstack.Create(file, disks.Held, making.GoesOn);
                RequireOne(act);
                return;
            }
            catch (ToolstackException e) when (e.IsNameTaken && watch.Elapsed < GateLimits.NameFree && act.States.Now(act.Name) is null)
            {
                Poll.Pause(GateLimits.Tick);
            }
        }
    }

    // libxl looks a name up before it takes it, and xl's own lock does not keep two apart in each set-up: of two that are made
    // in one moment both get it, on the same disks, and run until this is seen. The one that is further stays.
    private static void RequireOne(Act act)
    {
        try
        {
            act.States.Forget();
            foreach (var twin in act.States.Domains().Where(domain => domain.Name == act.Name.Text && domain.State != DomainState.Dying)
                .OrderBy(domain => domain.State == DomainState.Starting).ThenBy(domain => domain.Id).Skip(1))
            {
                act.Report($"{act.Name} was started twice in one moment, here and by somebody else: domain {twin.Id} is destroyed");
                act.Toolstack.Destroy(twin.Id);
            }
        }
        catch (ToolstackException e)
        {
            act.Report($"{act.Name} was started, and whether twice cannot be said: {e.Message}: {e.Detail}"); // it runs: nobody is told that it does not
        }
    }

    // A create that was ended halfway leaves a domain without memory, and the next one would find the name taken.
    private static void ClearHalfBuilt(Act act)
    {
        try
        {
            if (act.States.Now(act.Name) is { State: DomainState.Starting } half)
            {
                Destruction.CutPower(act, half);
            }
        }
        catch (ToolstackException e)
        {
            act.Report($"{act.Name}: what may be half of a domain of it could not be cleared away: {e.Message}: {e.Detail}");
        }
    }
}
