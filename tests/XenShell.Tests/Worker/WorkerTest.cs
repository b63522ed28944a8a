using System.Diagnostics;
using XenShell.Core.Configuration;
using XenShell.Core.Jobs;
using XenShell.Core.Reimaging;
using XenShell.Core.Volumes;
using XenShell.Worker;

namespace XenShell.Tests.Worker;

/// <summary>A job of web1 on a host of its own, with the programs that Debian has for it.</summary>
public abstract class WorkerTest
{
    private protected const long Mib = 1 << 20;

    private protected Scratch Host { get; private set; } = null!;

    private protected JobStore Store { get; private set; } = null!;

    [SetUp]
    public void Make()
    {
        Host = new Scratch();
        Store = new JobStore(Host.Layout);
        foreach (var folder in new[] { "srv", "srv/build", "etc/xen-shell/images.d" })
        {
            Directory.CreateDirectory(Host.At(folder), (UnixFileMode)0b111_101_101);
        }

        Disk("srv/web1.img", 24 * Mib);
        Host.Guest("web1", $"disk = [ 'file:{Host.At("srv/web1.img")},xvda2,w' ]");
    }

    [TearDown]
    public void Clear() => Host.Dispose();

    private protected string Disk(string path, long bytes)
    {
        using (var file = File.Create(Host.At(path)))
        {
            file.SetLength(bytes);
        }

        File.SetUnixFileMode(Host.At(path), (UnixFileMode)0b110_000_000);
        return Host.At(path);
    }

    /// <summary>In images.d, as "tiny".</summary>
    private protected void Image(string lines) => Host.Write("etc/xen-shell/images.d/tiny.conf", lines + "\n");

    /// <summary>An archive of what is in a folder.</summary>
    private protected string Archive(string name, params string[] options)
    {
        Run("tar", ["-C", Host.At("srv/build"), "-cf", Host.At($"srv/{name}"), .. options, "."]);
        File.SetUnixFileMode(Host.At($"srv/{name}"), (UnixFileMode)0b110_100_100);
        return Host.At($"srv/{name}");
    }

    private protected void Built(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Host.At($"srv/build/{path}"))!);
        File.WriteAllText(Host.At($"srv/build/{path}"), text);
    }

    private protected Job Order(string id = "abc234", params string[] disks)
    {
        var job = new Job(id, JobKind.Reimage, "web1", "bob", 2000, 1_800_000_000)
        {
            Image = "tiny",
            GuestFile = Host.At("etc/xen/web1.cfg"),
            Steps = [.. (disks.Length > 0 ? disks : [Host.At("srv/web1.img")]).Select(disk => Step(disk, id))],
        };
        Store.Create(job);
        return job;
    }

    private protected SwapStep Step(string disk, string id) =>
        new(disk, VolumeKind.NameBeside(disk, "new", id), VolumeKind.NameBeside(disk, "old", id), VolumeKind.Of(Host.Layout, disk)!.Find(disk)!.Identity, null);

    /// <summary>Runs the job until its disks are whole, or to its end before.</summary>
    /// <returns>What stands on record of it then.</returns>
    private protected Job Work(Job job, int most = 2) => Work(job, most, course => course.TryBuild());

    /// <summary>The same, and hands over.</summary>
    private protected Job WorkToTheEnd(Job job) => Work(job, 2, course => course.Run());

    private Job Work(Job job, int most, Action<Course> work)
    {
        using var mine = Store.TryLock(job.Id)!;
        work(new Course(Host.Layout, SettingsReader.Read(Host.Layout) with { MaxJobs = most }, Store, mine, job));
        return Store.Find(job.Id)!;
    }

    private protected string[] Disks => [.. Directory.GetFiles(Host.At("srv"), "*.img*").Select(path => Path.GetFileName(path)).Order()];

    /// <summary>What debugfs says of the new volume.</summary>
    private protected string Inside(string command, string volume = "srv/web1.img.xs-new-abc234") =>
        Run("/usr/sbin/debugfs", ["-R", command, Host.At(volume)]);

    private protected static string Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error.Result);
        return output;
    }
}
