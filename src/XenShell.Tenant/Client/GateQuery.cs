using System.Runtime.InteropServices;
using XenShell.Core;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Tenant.Client;

/// <summary>A query under way.</summary>
public sealed class GateQuery(ChildProcess child, Fd output) : IDisposable
{
    public Fd Output => output;

    /// <summary>Waits for the whole document; Ctrl-C, a hang-up or an order to end make the waiting fail.</summary>
    /// <param name="endsBySignal">They may end this process as well, which has nothing but the document to wait for.</param>
    public (ExitCode Code, byte[] Output) Finish(bool endsBySignal = false)
    {
        using var wakeup = endsBySignal ? null : new Wakeup(PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTSTP, PosixSignal.SIGHUP, PosixSignal.SIGTERM);
        var bytes = new MemoryStream();
        var chunk = new byte[8192];
        var poll = new Poll();
        while (true)
        {
            poll.Clear();
            var document = poll.Add(output, reading: true);
            if (wakeup is not null)
            {
                poll.Add(wakeup.Read, reading: true);
            }

            poll.Wait(Timeout.InfiniteTimeSpan);
            if (poll.Readable(document))
            {
                var count = output.Read(chunk);
                if (count <= 0 || bytes.Length > Sizes.Document)
                {
                    return (GateClient.ToExitCode(child.Wait(Timeout.InfiniteTimeSpan)), bytes.ToArray());
                }

                bytes.Write(chunk, 0, count);
            }
            else if (wakeup?.Take() is PosixSignal.SIGINT or PosixSignal.SIGHUP or PosixSignal.SIGTERM)
            {
                return (ExitCode.Failed, []);
            }
        }
    }

    public void Dispose()
    {
        output.Dispose();
        child.Abandon(); // it may be at work still, and is sudo's, whom we cannot end
    }
}
