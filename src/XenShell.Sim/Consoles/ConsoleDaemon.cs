using System.Runtime.InteropServices;
using System.Text;
using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Sim.Consoles;

/// <summary>
/// xenconsoled's part of one guest: the PTY that clients open, the output that nobody has read yet, and
/// the log. The PTY is raw and its slave stays open, so that clients come and go unseen.
/// </summary>
internal sealed class ConsoleDaemon : IDisposable
{
    // xenstore's console/limit; more is waiting only while nobody is attached.
    private const int MaxWaiting = 1 << 20;

    private readonly Pty pty = Pty.Open(WindowSize.Default);
    private readonly Fd slave;
    private readonly RawMode raw;
    private readonly List<byte> output = [];
    private readonly ConsoleLogWriter log;

    public ConsoleDaemon(HostLayout layout, string guest)
    {
        slave = pty.OpenSlave();
        raw = new RawMode(slave);
        pty.Master.DoNotWait();
        log = new ConsoleLogWriter(layout, guest);
    }

    public string Tty => pty.SlavePath;

    public Fd Master => pty.Master;

    public bool HasOutput => output.Count > 0;

    /// <summary>The guest prints.</summary>
    public void Print(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        log.Write(bytes);
        output.AddRange(bytes);
        if (output.Count > MaxWaiting)
        {
            // As xenconsoled: the middle is lost, the oldest and the newest stay.
            var over = output.Count - MaxWaiting;
            output.RemoveRange(MaxWaiting - over, over);
        }
    }

    /// <summary>Hands on what the PTY takes now.</summary>
    public void Deliver()
    {
        var chunk = CollectionsMarshal.AsSpan(output)[..Math.Min(output.Count, 4096)];
        output.RemoveRange(0, Math.Max(0, Master.WriteSome(chunk)));
    }

    /// <summary>What the client has typed.</summary>
    public byte[] Typed()
    {
        Span<byte> buffer = stackalloc byte[4096];
        var count = Master.Read(buffer);
        return buffer[..Math.Max(0, count)].ToArray();
    }

    public void Dispose()
    {
        // The clients shall read the last words before the hang-up.
        while (HasOutput && Poll.Wait(Master, forWriting: true, TimeSpan.Zero))
        {
            Deliver();
        }

        log.Dispose();
        raw.Dispose();
        slave.Dispose();
        pty.Dispose();
    }
}
