using System.Globalization;
using System.Text;
using XenShell.Core.Native;

namespace XenShell.Sim.Domains;

/// <summary>The caller's end of a guest's control FIFO: one line "REPLY VERB", answered on a FIFO of the caller's.</summary>
internal sealed class Control(DomainStore store)
{
    private static int sequence;

    /// <returns>False when the guest did not acknowledge in time. A guest that is gone has obeyed.</returns>
    public bool Send(int id, string verb, TimeSpan timeout)
    {
        using var control = FileSystem.TryOpen(store.ControlPath(id), forWriting: true);
        if (control is null)
        {
            return true;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{ThisProcess.Pid}.{Interlocked.Increment(ref sequence)}");
        var path = store.ReplyPath(name);
        FileSystem.CreateFifo(path);
        try
        {
            using var reply = FileSystem.TryOpen(path, forWriting: true)!;
            control.WriteAll(Encoding.ASCII.GetBytes($"{name} {verb}\n")); // below PIPE_BUF: never mixed with another's
            var deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
            while (!Poll.Wait(reply, forWriting: false, TimeSpan.FromMilliseconds(50)))
            {
                // A killed guest answers nothing, and no event tells of it.
                if (store.Find(id) is null)
                {
                    return true;
                }

                if (Environment.TickCount64 > deadline)
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            FileSystem.Remove(path);
        }
    }
}
