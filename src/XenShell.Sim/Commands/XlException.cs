namespace XenShell.Sim.Commands;

/// <summary>Ends a command as xl would.</summary>
/// <param name="error">Whole lines for stderr.</param>
/// <param name="output">Whole lines for stdout: xl prints its usage there.</param>
internal sealed class XlException(int exitCode, string error, string output = "") : Exception(error)
{
    public int ExitCode { get; } = exitCode;

    public string Error { get; } = error;

    public string Output { get; } = output;
}
