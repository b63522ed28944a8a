using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Sim.Guests;

namespace XenShell.Tests.Sim;

/// <summary>Guests on threads of the test's process: the same code, no second program.</summary>
internal sealed class GuestOnThread(HostLayout layout) : IGuestStarter
{
    private readonly List<Thread> threads = [];

    /// <summary>Waits until every guest has tidied up behind itself.</summary>
    public bool HaveEnded(TimeSpan patience) => threads.TrueForAll(thread => thread.Join(patience));

    public string? Start(DomainOrder order)
    {
        var (orderRead, orderWrite) = Fd.Pipe();
        var (answerRead, answerWrite) = Fd.Pipe();
        var thread = new Thread(() =>
        {
            using (orderRead)
            using (answerWrite)
            {
                GuestProcess.Run(layout, orderRead, answerWrite);
            }
        })
        { IsBackground = true };
        threads.Add(thread);
        thread.Start();
        using (orderWrite)
        using (answerRead)
        {
            GuestStarter.Send(orderWrite, order);
            return GuestStarter.Answer(answerRead);
        }
    }
}
