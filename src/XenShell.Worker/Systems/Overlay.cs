using System.Formats.Tar;
using System.Text;
using XenShell.Core.Disks;
using XenShell.Core.Guests;
using XenShell.Core.Names;

namespace XenShell.Worker.Systems;

/// <summary>What makes an image's system that of one guest: a few files, which stand over those of the image.</summary>
/// <param name="Disks">Of the guest, as its file names them.</param>
internal sealed record Overlay(GuestName Guest, GuestDisks Disks, GuestNetwork Network, NewAccess Access)
{
    private const string Inittab = "etc/inittab";
    private static readonly string[] Changed = ["etc/shadow", Inittab];

    /// <summary>Whether what the image has there decides what stands there afterwards.</summary>
    internal static bool IsChanged(string path) => Changed.Contains(path);

    /// <summary>Each path once, and a folder before what is in it.</summary>
    /// <param name="fileSystem">Of the root: "ext4".</param>
    /// <exception cref="JobException">It is no system.</exception>
    internal IReadOnlyList<SystemFile> Over(IBaseSystem system, string fileSystem)
    {
        if (!system.Has("etc"))
        {
            throw new JobException("the image holds no system: it has no /etc");
        }

        List<SystemFile> files =
        [
            SystemFile.Text("etc/hostname", $"{Guest}\n"),
            SystemFile.Text("etc/hosts", $"127.0.0.1 localhost\n127.0.1.1 {Guest}\n::1 localhost ip6-localhost ip6-loopback\n"),
            SystemFile.Text("etc/fstab", FileSystems(fileSystem)),
            .. NetworkFiles.Of(Network, system),
            .. Access.Files(system),
        ];
        if (system.Has("etc/machine-id"))
        {
            files.Add(SystemFile.Text("etc/machine-id", "uninitialized\n")); // machine-id(5): the first boot makes one
        }

        if (system.Read(Inittab) is { } inittab && WithConsole(Encoding.Latin1.GetString(inittab.Content!)) is { } changed)
        {
            files.Add(SystemFile.Text(Inittab, changed));
        }

        return [.. Parents(files).Where(path => !system.Has(path) && files.All(file => file.Path != path)).Select(path => SystemFile.Folder(path)), .. files];
    }

    /// <summary>The same as an archive, to be read behind another one: of two files with one path the later one stays.</summary>
    internal static byte[] Archive(IReadOnlyList<SystemFile> files, DateTimeOffset now)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var kind = file.IsFolder ? TarEntryType.Directory : file.Target is not null ? TarEntryType.SymbolicLink : TarEntryType.RegularFile;
                var entry = new UstarTarEntry(kind, $"./{file.Path}") { Mode = file.Mode, Gid = file.Group, ModificationTime = now };
                if (file.Target is { } target)
                {
                    entry.LinkName = target;
                }

                if (file.Content is { } content)
                {
                    entry.DataStream = new MemoryStream(content);
                }

                writer.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A getty on the console for init of System V; systemd starts one there by itself. Null where there is one.</summary>
    internal static string? WithConsole(string inittab) =>
        inittab.Split('\n').Any(line => !line.StartsWith('#') && line.Contains("hvc0", StringComparison.Ordinal))
            ? null
            : inittab.TrimEnd('\n') + "\nh0:2345:respawn:/sbin/getty -L hvc0 9600 linux\n";

    private static IEnumerable<string> Parents(IEnumerable<SystemFile> files) =>
        files.SelectMany(file => Enumerable.Range(0, file.Path.Length).Where(at => file.Path[at] == '/').Select(at => file.Path[..at]))
            .Distinct().OrderBy(path => path.Length);

    private string FileSystems(string fileSystem)
    {
        var text = new StringBuilder($"/dev/{Disks.Root!.Device} / {fileSystem} errors=remount-ro 0 1\n");
        if (Disks.Swap is { } swap)
        {
            text.Append($"/dev/{swap.Device} none swap sw 0 0\n");
        }

        return text.ToString();
    }
}
