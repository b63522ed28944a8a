using XenShell.Core.Jobs;
using XenShell.Core.Native;
using XenShell.Worker.Archives;
using XenShell.Worker.Systems;

namespace XenShell.Worker.Building;

/// <summary>
/// An archive of a whole system, with our overlay behind it, becomes a file system: nothing is mounted, and nothing of it is
/// executed. It goes straight into the new one where mke2fs(8) reads archives. Where it does not, it is unpacked before, by one
/// run of tar(1), which makes the links that lead out of the folder last, so that nothing gets out through them.
/// </summary>
internal static class TarBuild
{
    private const string Tar = "/usr/bin/tar", Remove = "/usr/bin/rm";

    internal static void Fill(Site site)
    {
        var source = new ArchiveSource(site.Layout.TrustedTree, site.Image.Source!);
        site.Progress.Begin("checking the archive", 2, 20);
        Checksum.Require(site);
        var archive = source.Read(bytes => Archive.Look(bytes, Overlay.IsChanged), site.Progress.At);
        if (archive.Bytes > site.Root.Bytes)
        {
            throw new JobException($"the image needs {Mib(archive.Bytes)} MiB, and the disk has {Mib(site.Root.Bytes)}");
        }

        var overlay = Overlay.Archive(site.Overlay.Over(archive, site.Image.Filesystem), DateTimeOffset.UtcNow);
        var system = new ExtFileSystem(site);
        if (system.CanBeMadeFromAnArchive())
        {
            site.Progress.Begin("making the file system", 20, 95);
            source.Pass(Whole(system.MakeFrom), site.Progress.At);
        }
        else
        {
            var tree = site.Store.TreeOf(site.Job.Id);
            JobRecovery.RemoveTree(tree);
            using var room = HostRoom.Take(site, archive.Bytes, archive.Paths.Count);
            Folders.Create(tree);
            site.Progress.Begin("unpacking", 20, 75);
            source.Pass(Whole(bytes => Unpack(site, bytes, tree)), site.Progress.At);
            site.Progress.Begin("making the file system", 75, 90);
            system.MakeFrom(tree);
            site.Progress.Begin("clearing up", 90, 95);
            site.Tools.Require("what was unpacked cannot be removed", Remove, "-rf", "--one-file-system", "--", tree);
        }

        site.Progress.Begin("checking the file system", 95, 98);
        system.Verify();

        Action<Stream> Whole(Action<Stream> use) => bytes => use(new JoinedStream(bytes, archive.End, overlay));
    }

    private static void Unpack(Site site, Stream archive, string folder)
    {
        if (site.Tools.Run(Tar, Arguments(folder), input: archive) is not 0 and var code)
        {
            throw new JobException($"the image could not be unpacked (tar ended with {code})");
        }
    }

    // Owners are for root alone to give; a demo has none.
    private static string[] Arguments(string folder) =>
    [
        "--extract", "--file=-", $"--directory={folder}", "--numeric-owner", "--same-permissions", "--xattrs", "--xattrs-include=*", "--delay-directory-restore",
        ThisProcess.EffectiveUid == 0 ? "--same-owner" : "--no-same-owner",
    ];

    private static long Mib(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
