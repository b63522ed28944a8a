using System.Diagnostics;

namespace XenShell.SystemTests.Harness;

/// <summary>Debian's own ssh, scp and sftp, pointed at the host; for what SSH.NET does not offer, and as the proof with the client that customers use.</summary>
public sealed class StockClient(string configuration, double patience)
{
    public const string Ssh = "/usr/bin/ssh";

    /// <summary>ssh -F … arguments</summary>
    public Answer Run(params string[] arguments) => RunTool(Ssh, arguments);

    public Answer RunWithInput(string input, params string[] arguments) => RunTool(Ssh, arguments, input);

    /// <summary>A program that takes -F as ssh does: scp, sftp. Input is empty unless given.</summary>
    public Answer RunTool(string program, string[] arguments, string input = "")
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended without reading, and says why by itself
        }

        if (!process.WaitForExit(TimeSpan.FromSeconds(60 * patience)))
        {
            process.Kill();
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end");
        }

        var answer = new Answer(process.ExitCode, output.Result, error.Result.ReplaceLineEndings("\n"));
        TestContext.Out.WriteLine($"$ {program} {string.Join(' ', arguments)}\n{answer.Output}{answer.Error}[{answer.Code}]");
        return answer;
    }

    /// <summary>Starts ssh or the like without waiting; whoever starts it kills and disposes it.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, ["-F", configuration, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>ssh -tt arguments, on a terminal of its own.</summary>
    public Screen Terminal(params string[] arguments) => Terminal(80, 24, "xterm-256color", arguments);

    public Screen Terminal(int columns, int rows, string term, params string[] arguments)
    {
        TestContext.Out.WriteLine($"$ ssh -tt {string.Join(' ', arguments)}");
        return new(new PtyLine(columns, rows, term, Ssh, ["-F", configuration, "-tt", .. arguments]), patience, columns, rows);
    }

    /// <summary>A shell on a terminal of this machine, as a customer at home has; $ssh is the client.</summary>
    public Screen AtHome(string script) =>
        new(new PtyLine(80, 24, "xterm-256color", "/bin/sh", "-c", $"ssh='{Ssh} -F {configuration}'; {script}"), patience);
}
