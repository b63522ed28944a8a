using XenShell.Core;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Verbs;

/// <summary>What the guest's kernel says to a request; one that listens does so at once.</summary>
internal static class Acknowledgement
{
    /// <summary>
    /// How long the guest's lock is held: by then the request stands in xenstore, and whoever boots the guest
    /// anew does not get it. A second under emulation.
    /// </summary>
    internal static readonly TimeSpan Delivery = TimeSpan.FromSeconds(1);

    /// <summary>How long it is waited for besides, without the lock: a guest that does not listen must not keep others from its power.</summary>
    internal static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    internal static (ExitCode, string?) Report(Act act, IToolstackRequest request, string what)
    {
        act.Output.Say(request.IsAcknowledged
            ? $"{act.Name} was asked to {what}"
            : $"{act.Name} was asked to {what}, but has not answered yet");
        return (ExitCode.Done, request.IsAcknowledged ? "asked" : "asked, not acknowledged");
    }
}
