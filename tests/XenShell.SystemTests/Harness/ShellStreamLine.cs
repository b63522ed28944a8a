using Renci.SshNet;

namespace XenShell.SystemTests.Harness;

/// <summary>A login session on a PTY through SSH.NET, which offers no PTY for a command and no exit code.</summary>
internal sealed class ShellStreamLine(ShellStream stream) : ITerminalLine
{
    public int Read(byte[] into) => stream.Read(into, 0, into.Length);

    public void Write(byte[] bytes)
    {
        stream.Write(bytes, 0, bytes.Length);
        stream.Flush();
    }

    public void Resize(int columns, int rows) => stream.ChangeWindowSize((uint)columns, (uint)rows, 0, 0);

    public int? ExitCode(TimeSpan limit) => null;

    public void Dispose() => stream.Dispose();
}
