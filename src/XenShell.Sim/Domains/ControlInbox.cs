using System.Text;
using XenShell.Core.Native;

namespace XenShell.Sim.Domains;

/// <summary>The guest's end of its control FIFO.</summary>
internal sealed class ControlInbox(DomainStore store, int id) : IDisposable
{
    private readonly StringBuilder partial = new();

    // Opened for writing as well: without callers it is empty, not at its end.
    public Fd Fifo { get; } = FileSystem.TryOpen(store.ControlPath(id), forWriting: true)!;

    /// <summary>What has come: a caller to answer, and its verb.</summary>
    public IReadOnlyList<(string Caller, string Verb)> Take()
    {
        Span<byte> buffer = stackalloc byte[4096];
        int count;
        while ((count = Fifo.Read(buffer)) > 0)
        {
            partial.Append(Encoding.ASCII.GetString(buffer[..count]));
        }

        var lines = partial.ToString().Split('\n');
        partial.Clear().Append(lines[^1]);
        return [.. lines[..^1].Select(line => line.Split(' ', 2)).Where(words => words.Length == 2).Select(words => (words[0], words[1]))];
    }

    public void Answer(string caller)
    {
        // A caller that has given up took its FIFO with it.
        using var reply = FileSystem.TryOpen(store.ReplyPath(caller), forWriting: true);
        reply?.WriteSome("ok\n"u8);
        FileSystem.Remove(store.ReplyPath(caller)); // its owner has it open; a killed owner left it behind
    }

    public void Dispose() => Fifo.Dispose();
}
