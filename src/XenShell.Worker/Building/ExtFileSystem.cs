using XenShell.Core.Native;
using XenShell.Worker.Systems;

namespace XenShell.Worker.Building;

/// <summary>A file system of e2fsprogs' on a new volume, made, grown, changed and checked without being mounted.</summary>
internal sealed class ExtFileSystem(Site site)
{
    private const string Make = "/usr/sbin/mke2fs", Check = "/usr/sbin/e2fsck", Resize = "/usr/sbin/resize2fs";

    // Of the host's e2fsprogs, and unknown to boot loaders and kernels of a few years ago.
    private const string Features = "^metadata_csum_seed,^orphan_file";

    private const int TrialSize = 4 << 20;

    private string Volume => site.Root.Path;

    // Nothing is discarded: the room was taken so that the host cannot run out of it while the guest writes.
    private string[] Options => ["-q", "-F", "-t", site.Image.Filesystem, "-L", "root", "-O", Features, "-E", "nodiscard"];

    /// <summary>Whether mke2fs takes archives, which it does since e2fsprogs 1.47.1, with libarchive: it is tried.</summary>
    internal bool CanBeMadeFromAnArchive()
    {
        var archive = Overlay.Archive([SystemFile.Folder("etc"), SystemFile.Text("etc/hostname", "trial\n")], DateTimeOffset.UtcNow);
        Folders.Create(site.WorkFolder);
        var trial = $"{site.WorkFolder}/trial";
        using (var file = FileSystem.CreateFile(trial))
        {
            file.Allocate(TrialSize);
        }

        var code = site.Tools.Run(Make, ["-q", "-F", "-d", "-", trial], input: new MemoryStream(archive), isLogged: false);
        FileSystem.Remove(trial);
        return code == 0;
    }

    /// <summary>Makes it with all that is in an archive; of two entries for one path the later one stays.</summary>
    internal void MakeFrom(Stream archive) => RequireMade(site.Tools.Run(Make, [.. Options, "-d", "-", Volume], input: archive));

    /// <summary>Makes it with all that is in a folder.</summary>
    internal void MakeFrom(string folder) => RequireMade(site.Tools.Run(Make, [.. Options, "-d", folder, Volume]));

    /// <summary>Makes it with nothing in it.</summary>
    internal void MakeEmpty() => site.Tools.Require("the new file system could not be made", Make, [.. Options, Volume]);

    /// <summary>Mends it and grows it to the volume's size.</summary>
    internal void Grow()
    {
        const int Mended = 1;
        if (site.Tools.Run(Check, ["-f", "-y", Volume]) > Mended)
        {
            throw new JobException("the image is no whole ext2, ext3 or ext4 file system");
        }

        site.Tools.Require("the new file system could not be grown to the disk", Resize, Volume);
    }

    /// <summary>Puts the overlay into it.</summary>
    internal void Put(Overlay overlay)
    {
        var files = new DebugFs(site.Tools, Volume, site.WorkFolder);
        files.Put(overlay.Over(files, "auto"));
    }

    /// <exception cref="JobException">It is not whole.</exception>
    internal void Verify() => site.Tools.Require("the new file system is not whole", Check, "-f", "-n", Volume);

    private static void RequireMade(int code)
    {
        if (code != 0)
        {
            throw new JobException($"the new file system could not be made; perhaps the image does not fit on the disk (mke2fs ended with {code})");
        }
    }
}
