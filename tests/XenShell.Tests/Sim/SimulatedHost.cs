using System.Text;
using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Sim;
using XenShell.Sim.Commands;
using XenShell.Sim.Domains;
using Tty = XenShell.Core.Native.Terminal;

namespace XenShell.Tests.Sim;

/// <summary>A simulated host in a folder of its own. Dispose destroys its guests and removes it.</summary>
internal sealed class SimulatedHost : IDisposable
{
    // Far above what anything here takes, so that a slow machine fails no test.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    private readonly string root = Directory.CreateTempSubdirectory("xen-sim-").FullName;

    private readonly GuestOnThread starter;

    public SimulatedHost()
    {
        Layout = new HostLayout(root, "/usr", ThisProcess.RealUid);
        starter = new GuestOnThread(Layout);
        Store = new DomainStore(Layout);
    }

    public HostLayout Layout { get; }

    public DomainStore Store { get; }

    /// <summary>Writes a guest file.</summary>
    public string Guest(string name, string more = "")
    {
        var path = $"{root}/{name}.cfg";
        File.WriteAllText(path, $"name = '{name}'\nmemory = 96\n{more}\n");
        return path;
    }

    public Captured Xl(params string[] arguments)
    {
        var (outRead, outWrite) = Fd.Pipe();
        var (errorRead, errorWrite) = Fd.Pipe();
        using var nothing = FileSystem.TryOpen("/dev/null")!;
        int code;
        using (outWrite)
        using (errorWrite)
        {
            code = new Xl(Layout, new Streams(nothing, outWrite, errorWrite), starter).Run(arguments);
        }

        using (outRead)
        using (errorRead)
        {
            return new Captured(code, ReadAll(outRead), ReadAll(errorRead));
        }
    }

    /// <summary>Opens the guest's console terminal as a client would.</summary>
    public Fd Console(string name) => Tty.Open(Store.List().Single(domain => domain.Name == name).Tty);

    /// <summary>Reads until a text has come, or fails.</summary>
    public static string Expect(Fd console, string text)
    {
        var seen = new StringBuilder();
        Span<byte> buffer = stackalloc byte[4096];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            Assert.That(Poll.Wait(console, forWriting: false, patience), Is.True, $"no \"{text}\" after {seen}");
            var count = console.Read(buffer);
            Assert.That(count, Is.Not.Zero, $"hung up before \"{text}\": {seen}");
            seen.Append(Encoding.Latin1.GetString(buffer[..Math.Max(0, count)]));
        }

        return seen.ToString();
    }

    public static void Until(Func<bool> condition)
    {
        var end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (!condition())
        {
            Assert.That(Environment.TickCount64, Is.LessThan(end), "it never came true");
            Poll.Pause(TimeSpan.FromMilliseconds(10));
        }
    }

    public void Dispose()
    {
        foreach (var domain in Store.List().Where(domain => domain.Id != 0))
        {
            Xl("destroy", domain.Name);
        }

        // a destroyed guest tidies up on its own thread, and makes files in what is being removed until then
        Assert.That(starter.HaveEnded(patience), Is.True, "a guest does not end");
        Directory.Delete(root, recursive: true);
    }

    private static string ReadAll(Fd from) => Encoding.Latin1.GetString(from.ReadAll(1 << 20)!);
}
