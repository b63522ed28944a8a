namespace XenShell.SystemTests.Harness;

/// <summary>The wire between a <see cref="Screen"/> and a terminal session; dispose it to hang up.</summary>
internal interface ITerminalLine : IDisposable
{
    /// <returns>0 at the end.</returns>
    int Read(byte[] into);

    void Write(byte[] bytes);

    void Resize(int columns, int rows);

    /// <returns>Null where the line does not tell.</returns>
    int? ExitCode(TimeSpan limit);
}
