using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace XenShell.SystemTests.Harness;

/// <summary>
/// A host with xen-shell, its accounts and guests (tests/host/provision.sh), and ways into it. Dispose it
/// to end a throw-away one.
/// </summary>
public sealed class Host : IDisposable
{
    private const string StageVariable = "XEN_SHELL_STAGE", LabVariable = "XEN_SHELL_LAB";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3); // the lab copies some MB into an emulated machine

    private readonly string folder;
    private readonly Process? script;
    private readonly Dictionary<string, string> settings;
    private readonly Lazy<Login> root;

    private Host(HostKind kind, string folder, Process? script)
    {
        this.folder = folder;
        this.script = script;
        Kind = kind;
        settings = File.ReadLines(Path.Combine(folder, "host.env"))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        Stock = new StockClient(Path.Combine(folder, "ssh_config"), Patience);
        root = new(() => As("root"));
    }

    public HostKind Kind { get; }

    /// <summary>How much longer than on a plain machine things may take.</summary>
    public double Patience => Kind == HostKind.Lab ? 6 : 1;

    public int Port => int.Parse(settings["HOST_PORT"], CultureInfo.InvariantCulture);

    /// <summary>The toolstack program in there.</summary>
    public string Xl => settings["HOST_XL"];

    public StockClient Stock { get; }

    /// <summary>A folder of this machine that goes with the host.</summary>
    public string Scratch => Directory.CreateDirectory(Path.Combine(folder, "scratch")).FullName;

    public static Host Start(HostKind kind)
    {
        var stage = Stage();
        var scripts = ScriptFolder();
        var folder = Directory.CreateTempSubdirectory("xen-shell-host-").FullName;
        var start = kind == HostKind.Lab
            ? new ProcessStartInfo(Path.Combine(scripts, "lab.sh"), [folder, stage, Need(LabVariable, "the folder of a lab that tests/lab/start.sh booted")])
            : new ProcessStartInfo(Path.Combine(scripts, "root.sh"), [folder, stage]);
        start.RedirectStandardInput = true; // its end ends the host, should this process die
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true; // vstest would drop it
        var script = Process.Start(start)!;
        var said = new ConcurrentQueue<string>();
        script.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        script.BeginErrorReadLine();
        var up = script.StandardOutput.ReadLineAsync();
        if (!up.Wait(StartLimit) || up.Result is null)
        {
            End(script);
            throw new InvalidOperationException($"{start.FileName} did not bring up a host:\n{string.Join('\n', said)}");
        }

        return new Host(kind, folder, script);
    }

    /// <summary>A new connection; whoever asks disposes it.</summary>
    public Login As(string who) =>
        new(who, settings["HOST_NAME"], Port, Path.Combine(folder, "keys", who), Patience);

    /// <summary>Runs a program as root in there: each argument arrives as it stands.</summary>
    public Answer Root(params string[] arguments) => root.Value.Run(string.Join(' ', arguments.Select(Quote)));

    /// <summary>Runs a line of shell as root in there.</summary>
    public Answer RootShell(string script, double seconds = 60) => root.Value.Run(script, seconds: seconds);

    /// <summary>The text of a file in there; "" when there is none.</summary>
    public string Read(string path) => RootShell($"cat {Quote(path)} 2>/dev/null || true").Output;

    public void Dispose()
    {
        if (root.IsValueCreated)
        {
            root.Value.Dispose();
        }

        if (script is not null)
        {
            End(script);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void End(Process script)
    {
        script.StandardInput.Close();
        if (!script.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            script.Kill();
        }

        script.Dispose();
    }

    private static string Quote(string argument) => $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string Need(string variable, string what) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{variable} is not set: it names {what}; tests/run.sh sets it");

    /// <summary>What ./install.sh laid out for this run.</summary>
    internal static string Stage() => Need(StageVariable, "the tree that ./install.sh --stage DIR makes");

    /// <summary>tests/host of the sources that this was built from.</summary>
    internal static string ScriptFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var scripts = Path.Combine(folder, "tests", "host");
            if (File.Exists(Path.Combine(scripts, "root.sh")))
            {
                return scripts;
            }
        }

        throw new InvalidOperationException($"no tests/host above {AppContext.BaseDirectory}");
    }
}
