using XenShell.Core;
using XenShell.Core.Names;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>What the guest's own system is asked to do, and what it says to that; one that listens answers at once.</summary>
internal static class GuestRequest
{
    /// <summary>
    /// How long the guest's lock is held: by then the request stands in xenstore, and whoever boots the guest
    /// anew does not get it. A second under emulation.
    /// </summary>
    private static readonly TimeSpan Delivery = TimeSpan.FromSeconds(1);

    /// <summary>How long the answer is waited for besides, without the lock: a guest that does not listen must not keep others from its power.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    /// <summary>Under the guest's lock.</summary>
    internal static IToolstackRequest Send(Act act, Func<GuestName, IToolstackRequest> ask)
    {
        var request = ask(act.Name);
        request.Wait(Delivery);
        act.States.Forget();
        return request;
    }

    internal static void AwaitAnswer(IToolstackRequest request) => request.Wait(AnswerTime);

    /// <summary>For a caller who does not want to know more.</summary>
    internal static (ExitCode, string?) Report(Act act, IToolstackRequest request, string what)
    {
        act.Output.Say(request.IsAcknowledged
            ? $"{act.Name} was asked to {what}"
            : $"{act.Name} was asked to {what}, but has not answered yet");
        return (ExitCode.Done, request.IsAcknowledged ? "asked" : "asked, not acknowledged");
    }
}
