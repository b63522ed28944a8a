using System.Text;
using XenShell.Core.Native;

namespace XenShell.Sim;

/// <summary>Where a command reads and writes. Text is Latin-1, as the guest files' strings are.</summary>
internal sealed record Streams(Fd Input, Fd Output, Fd Error)
{
    public void Print(string text) => Output.WriteAll(Encoding.Latin1.GetBytes(text));

    public void Complain(string text) => Error.WriteAll(Encoding.Latin1.GetBytes(text));
}
