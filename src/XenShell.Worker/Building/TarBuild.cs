using XenShell.Core.Jobs;
using XenShell.Core.Native;
using XenShell.Worker.Archives;
using XenShell.Worker.Systems;

namespace XenShell.Worker.Building;

/// <summary>
/// An archive of a whole system, with our overlay behind it, becomes a file system: nothing is mounted, and nothing of it is
/// executed. It is unpacked by one run of tar(1), which makes the links that lead out of the folder last, so that nothing
/// gets out through them.
/// </summary>
internal static class TarBuild
{
    private const string Tar = "/usr/bin/tar";

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

        var tree = site.Store.TreeOf(site.Job.Id);
        JobRecovery.RemoveTree(tree);
        HostRoom.Require(site.Store.FolderOf(site.Job.Id), archive.Bytes, archive.Paths.Count);
        Folders.Create(tree);
        site.Progress.Begin("unpacking", 20, 75);
        var overlay = Overlay.Archive(site.Overlay.Over(archive, site.Image.Filesystem), DateTimeOffset.UtcNow);
        var code = source.Read(bytes => site.Tools.Run(Tar, Arguments(tree), input: new JoinedStream(bytes, archive.End, overlay)), site.Progress.At);
        if (code != 0)
        {
            throw new JobException($"the image could not be unpacked (tar ended with {code})");
        }

        var system = new ExtFileSystem(site);
        site.Progress.Begin("making the file system", 75, 95);
        system.MakeFrom(tree);
        JobRecovery.RemoveTree(tree);
        site.Progress.Begin("checking the file system", 95, 98);
        system.Verify();
    }

    // Owners are for root alone to give; a demo has none.
    private static string[] Arguments(string folder) =>
    [
        "--extract", "--file=-", $"--directory={folder}", "--numeric-owner", "--same-permissions", "--xattrs", "--xattrs-include=*", "--delay-directory-restore",
        ThisProcess.EffectiveUid == 0 ? "--same-owner" : "--no-same-owner",
    ];

    private static long Mib(long bytes) => (bytes + (1 << 20) - 1) >> 20;
}
