using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Verbs;

/// <summary>boot: hands the toolstack exactly the bytes that were judged.</summary>
internal static class Boot
{
    internal static (ExitCode, string?) Run(Act act)
    {
        var attaches = act.Request.Has("console");
        if (attaches)
        {
            ConsoleVerb.RequireOpen(act);
        }

        long logOffset;
        using (act.Lock())
        {
            Starting.RequireGone(act, act.RequireState());
            using var disks = Starting.RequireNobodyElse(act);
            logOffset = Create(act, disks);
        }

        Starting.TellOfSavedState(act);
        return attaches
            ? ConsoleVerb.AttachToBoot(act, new BootWatch(act, logOffset))
            : Watch(act, logOffset, "is running");
    }

    /// <summary>Starts the guest; the caller holds its lock and its disks, and knows that it is off.</summary>
    /// <returns>Where the console log stood before.</returns>
    internal static long Create(Act act, DiskClaim disks)
    {
        var logOffset = act.ConsoleLog.Length();
        act.States.Forget();
        using (var copy = JudgedCopy.Of(act.Layout, act.Guest))
        {
            try
            {
                Starting.Create(act, copy.Path, disks);
            }
            catch (ToolstackException e)
            {
                if (!e.IsNameTaken)
                {
                    Starting.ClearHalfBuilt(act); // with the name taken, what is half-built is somebody else's
                }

                throw BootLoaderLog.LastLine(act.Layout, e.Detail) is { } said
                    ? Act.Refusal(ExitCode.Failed, $"{act.Name}: its own boot loader configuration failed{(said.Length > 0 ? $": {said}" : "")}", $"boot loader: {said}")
                    : e.About(copy.Path, act.Guest.File);
            }
        }

        act.States.Forget();
        return logOffset;
    }

    internal static (ExitCode, string?) Watch(Act act, long logOffset, string done)
    {
        if (!act.Request.Has("no-wait"))
        {
            act.Output.Say($"{act.Name} is booting; watching its first {act.Policy.Settings.BootWatch.TotalSeconds:0} s");
            return new BootWatch(act, logOffset).Run(done);
        }

        act.Output.Say($"{act.Name} is booting");
        return (ExitCode.Done, "booting");
    }
}
