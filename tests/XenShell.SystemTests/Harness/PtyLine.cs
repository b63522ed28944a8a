using XenShell.Core.Native;

namespace XenShell.SystemTests.Harness;

/// <summary>A program of this machine (the stock client, mostly) on a PTY. Disposing kills it, as a lost client.</summary>
internal sealed class PtyLine : ITerminalLine
{
    private readonly Pty pty;
    private readonly ChildProcess child;

    public PtyLine(int columns, int rows, string term, string program, params string[] arguments)
    {
        pty = Pty.Open(new WindowSize(rows, columns));
        child = ChildProcess.Start(new SpawnRequest(
            program,
            [program, .. arguments],
            ["PATH=/usr/bin:/bin", "HOME=/nonexistent", "LANG=C.UTF-8", $"TERM={term}"])
        {
            Terminal = pty.SlavePath,
        });
    }

    public int Read(byte[] into) => pty.Master.Read(into);

    public void Write(byte[] bytes) => pty.Master.WriteAll(bytes);

    public void Resize(int columns, int rows) => pty.Resize(new WindowSize(rows, columns));

    public int? ExitCode(TimeSpan limit) => child.Wait(limit);

    public void Dispose()
    {
        child.Kill();
        child.Dispose();
        pty.Dispose();
    }
}
