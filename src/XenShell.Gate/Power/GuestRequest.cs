using XenShell.Core;
using XenShell.Core.Limits;
using XenShell.Core.Names;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate.Power;

/// <summary>What the guest's own system is asked to do, and what it says to that; one that listens answers at once.</summary>
internal static class GuestRequest
{
    /// <summary>Under the guest's lock.</summary>
    internal static IToolstackRequest Send(Act act, Func<GuestName, IToolstackRequest> ask)
    {
        var request = ask(act.Name);
        request.Wait(Waits.Delivery);
        act.States.Forget();
        return request;
    }

    internal static void AwaitAnswer(IToolstackRequest request) => request.Wait(GateLimits.AnswerTime);

    /// <summary>For a caller who does not want to know more.</summary>
    internal static (ExitCode, string?) Report(Act act, IToolstackRequest request, string what)
    {
        act.Output.Say(request.IsAcknowledged
            ? $"{act.Name} was asked to {what}"
            : $"{act.Name} was asked to {what}, but has not answered yet");
        return (ExitCode.Done, request.IsAcknowledged ? "asked" : "asked, not acknowledged");
    }
}
