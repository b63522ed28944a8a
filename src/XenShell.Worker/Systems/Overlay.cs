using System.Formats.Tar;
using System.Text;
using XenShell.Core.Disks;
using XenShell.Core.Names;

namespace XenShell.Worker.Systems;

/// <summary>What makes an image's system that of one guest: a few files, which stand over those of the image.</summary>
internal static class Overlay
{
    /// <param name="disks">Of the guest, as its file names them.</param>
    /// <param name="fileSystem">Of the root: "ext4".</param>
    internal static IReadOnlyList<SystemFile> Of(GuestName guest, GuestDisks disks, string fileSystem) =>
    [
        SystemFile.Text("etc/hostname", $"{guest}\n"),
        SystemFile.Text("etc/hosts", $"127.0.0.1 localhost\n127.0.1.1 {guest}\n::1 localhost ip6-localhost ip6-loopback\n"),
        SystemFile.Text("etc/fstab", FileSystems(disks, fileSystem)),
    ];

    /// <summary>The same as an archive, to be read behind another one: of two files with one path the later one stays.</summary>
    internal static byte[] Archive(IReadOnlyList<SystemFile> files, DateTimeOffset now)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var file in files)
            {
                writer.WriteEntry(new UstarTarEntry(file.Content is null ? TarEntryType.Directory : TarEntryType.RegularFile, $"./{file.Path}")
                {
                    Mode = file.Mode,
                    ModificationTime = now,
                    DataStream = file.Content is null ? null : new MemoryStream(file.Content),
                });
            }
        }

        return bytes.ToArray();
    }

    private static string FileSystems(GuestDisks disks, string fileSystem)
    {
        var text = new StringBuilder($"/dev/{disks.Root!.Device} / {fileSystem} errors=remount-ro 0 1\n");
        if (disks.Swap is { } swap)
        {
            text.Append($"/dev/{swap.Device} none swap sw 0 0\n");
        }

        return text.ToString();
    }
}
