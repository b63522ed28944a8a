using XenShell.Core.Native;

namespace XenShell.Worker.Building;

/// <summary>A file system of root's is copied, grown to the disk, and gets our overlay.</summary>
internal static class RawBuild
{
    internal static void Fill(Site site)
    {
        site.Progress.Begin("checking the image", 2, 10);
        Checksum.Require(site);
        site.Progress.Begin("copying", 10, 80);
        Copy(site);
        var system = new ExtFileSystem(site);
        site.Progress.Begin("growing the file system", 80, 90);
        system.Grow();
        site.Progress.Begin("setting it up", 90, 95);
        system.Put(site.Overlay);
        site.Progress.Begin("checking the file system", 95, 98);
        system.Verify();
    }

    private static void Copy(Site site)
    {
        using var from = site.Layout.TrustedTree.OpenFile(site.Image.Source!);
        var size = from.Status().Size;
        if (size > site.Root.Bytes)
        {
            throw new JobException($"the image has {size >> 20} MiB, and the disk {site.Root.Bytes >> 20}");
        }

        using var to = FileSystem.TryOpenVolume(site.Root.Path) ?? throw new JobException("the new disk is gone");
        var piece = new byte[WorkerLimits.Piece];
        for (long at = 0; at < size;)
        {
            var count = from.ReadAt(piece, at);
            if (count == 0)
            {
                throw new JobException("the image's file was cut while it was copied");
            }

            // The new volume reads as zeros: where the image has none else, its room is not written.
            if (piece.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                to.WriteAllAt(piece.AsSpan(0, count), at);
            }

            at += count;
            site.Progress.At((double)at / size);
        }
    }
}
