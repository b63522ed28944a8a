using System.Text;
using System.Text.Json;
using XenShell.Core.Native;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Guests;

/// <summary>Starts a guest as a process of its own: this program again, in its own session, tied to nothing of the caller's.</summary>
internal sealed class GuestStarter : IGuestStarter
{
    /// <summary>Real xl has no such command.</summary>
    public const string Verb = "--guest";

    public string? Start(DomainOrder order)
    {
        var (orderRead, orderWrite) = Fd.Pipe();
        var (answerRead, answerWrite) = Fd.Pipe();
        using (orderWrite)
        using (answerRead)
        {
            using (orderRead)
            using (answerWrite)
            {
                var program = ThisProcess.ExecutablePath;
                ChildProcess.Start(new SpawnRequest(program, [program, Verb], [])
                {
                    Input = orderRead,
                    Output = answerWrite,
                    Kept = Fd.TryInherited(3), // as xl's own process of a guest leaves it open
                    NewSession = true,
                }).Dispose();
            }

            Send(orderWrite, order);
            return Answer(answerRead);
        }
    }

    public static void Send(Fd to, DomainOrder order) =>
        to.WriteAll([.. JsonSerializer.SerializeToUtf8Bytes(order, DomainJson.Default.DomainOrder), (byte)'\n']);

    /// <summary>Reads to the end of the answer: empty when the domain exists.</summary>
    public static string? Answer(Fd from)
    {
        var answer = new StringBuilder();
        Span<byte> buffer = stackalloc byte[4096];
        int count;
        while ((count = from.Read(buffer)) > 0)
        {
            answer.Append(Encoding.UTF8.GetString(buffer[..count]));
            if (answer[^1] == '\0')
            {
                return answer.Length > 1 ? answer.ToString(0, answer.Length - 1) : null;
            }
        }

        return "libxl: error: the guest process died\n";
    }
}
