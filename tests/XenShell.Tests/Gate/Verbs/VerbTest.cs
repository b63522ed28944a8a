using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Native;
using XenShell.Gate;
using XenShell.Tests.Toolstacks;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>
/// One verb as the gate runs it: root's real files, judge, locks and words, with a toolstack in memory. bob owns web1, and is
/// nothing to db1.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class VerbTest : IDisposable
{
    private readonly Scratch host = new();
    private readonly (Fd Read, Fd Write) input = Fd.Pipe();

    protected VerbTest()
    {
        Configure("boot_watch = 1");
        host.Guest("web1", "xen_shell = 'bob'\nmemory = 96");
        host.Guest("db1", "xen_shell = 'alice'");
    }

    private protected ToolstackInMemory Toolstack { get; } = new();

    private protected HostLayout Layout => host.Layout;

    /// <summary>The caller's end of the gate's standard input.</summary>
    private protected Fd Caller => input.Write;

    private protected void Configure(string lines) => host.Write("etc/xen-shell/xen-shell.conf", lines + "\n");

    private protected void Grant(string lines) => host.Guest("web1", lines);

    private protected string Write(string relative, string text) => host.Write(relative, text);

    /// <summary>bob asks, or who is named.</summary>
    /// <returns>What the gate says, and its exit code.</returns>
    private protected (ExitCode Code, string Words) Run(string line, string user = "bob") => Run(line, user, input.Read);

    /// <summary>The same on a terminal.</summary>
    private protected (ExitCode Code, string Words) RunOn(Fd terminal, string line) => Run(line, "bob", terminal);

    /// <summary>The same with something that happens while the gate is at work, once it has said these words.</summary>
    private protected (ExitCode Code, string Words) Run(string line, string until, Action then)
    {
        using var done = new CancellationTokenSource();
        var events = Task.Run(() =>
        {
            while (!Said().Contains(until, StringComparison.Ordinal))
            {
                done.Token.ThrowIfCancellationRequested();
                Poll.Pause(TimeSpan.FromMilliseconds(5));
            }

            then();
        });
        try
        {
            return Run(line, "bob", input.Read);
        }
        finally
        {
            done.CancelAfter(TimeSpan.FromSeconds(10));
            events.Wait();
        }
    }

    private (ExitCode Code, string Words) Run(string line, string user, Fd standard)
    {
        var path = host.At("said");
        File.Delete(path);
        using var said = FileSystem.CreateFile(path);
        var output = new Output(said, said);
        var code = Run(new Means(Layout, _ => Toolstack, new CallerInput(standard), output), line, user);
        return (code, Said());
    }

    private string Said() => File.Exists(host.At("said")) ? File.ReadAllText(host.At("said")) : "";

    private static ExitCode Run(Means means, string line, string user)
    {
        try
        {
            var caller = new Caller(new Account(user, 4001, 4001, "/nonexistent"));
            var policy = Policy.Read(means.Layout);
            var request = policy.Complete(caller, CommandLine.ParseForGate(line.Split(' ')));
            return Act.Perform(means, policy, caller, request, policy.Decide(caller, request)).Code;
        }
        catch (GateRefusal e)
        {
            means.Output.Complain(e.Message);
            return e.Code;
        }
    }

    public void Dispose()
    {
        input.Read.Dispose();
        input.Write.Dispose();
        host.Dispose();
        GC.SuppressFinalize(this);
    }
}
