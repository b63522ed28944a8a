using Renci.SshNet;

namespace XenShell.SystemTests.Harness;

/// <summary>One person's ssh connection through SSH.NET. Dispose it to drop the connection.</summary>
public sealed class Login : IDisposable
{
    private readonly string who;
    private readonly SshClient client;
    private readonly double patience;
    private readonly List<Screen> screens = [];

    internal Login(string who, string name, int port, string key, double patience)
    {
        this.who = who;
        this.patience = patience;
        client = new SshClient(new PrivateKeyConnectionInfo(name, port, who, new PrivateKeyFile(key))
        {
            Timeout = TimeSpan.FromSeconds(20 * patience),
        });
        client.Connect();
    }

    /// <summary>ssh who@host 'command'</summary>
    public Answer Run(string command, string? input = null, double seconds = 60)
    {
        TestContext.Out.WriteLine($"{who}$ ssh host '{command}'");
        using var run = client.CreateCommand(command);
        run.CommandTimeout = TimeSpan.FromSeconds(seconds * patience);
        var running = run.ExecuteAsync();
        if (input is not null)
        {
            using var stdin = run.CreateInputStream();
            stdin.Write(System.Text.Encoding.UTF8.GetBytes(input));
        }

        running.GetAwaiter().GetResult();
        var answer = new Answer(run.ExitStatus ?? -1, run.Result, run.Error);
        TestContext.Out.WriteLine($"{answer.Output}{answer.Error}[{answer.Code}]");
        return answer;
    }

    /// <summary>ssh who@host, at a terminal.</summary>
    public Screen Terminal(int columns = 80, int rows = 24, string term = "xterm-256color")
    {
        TestContext.Out.WriteLine($"{who}$ ssh host");
        var stream = client.CreateShellStream(term, (uint)columns, (uint)rows, 0, 0, 65536);
        var screen = new Screen(new ShellStreamLine(stream), patience, columns, rows);
        screens.Add(screen);
        return screen;
    }

    public void Dispose()
    {
        foreach (var screen in screens)
        {
            screen.Dispose();
        }

        client.Dispose();
    }
}
