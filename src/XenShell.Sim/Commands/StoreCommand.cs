using System.Globalization;
using XenShell.Core.Disks;
using XenShell.Core.Native;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Commands;

/// <summary>Prints what "xenstore-ls -f PATH" prints of Domain-0: its name, and its side of the guests' disks.</summary>
internal sealed class StoreCommand(DomainStore store, Streams streams)
{
    private const string Zero = "/local/domain/0";
    private const int FirstDisk = 202 << 8; // xvda; 16 numbers a disk (xen-vbd-interface(7))

    public int Run(IReadOnlyList<string> arguments)
    {
        var options = Options.Parse("xenstore-ls", arguments, "f", new Dictionary<string, char> { ["flat"] = 'f' }, required: 1);
        var path = options.Operands[0].TrimEnd('/');
        var below = All().Where(line => line.StartsWith($"{path}/", StringComparison.Ordinal)).ToList();
        if (!options.Has('f') || below.Count == 0)
        {
            throw new XlException(1, options.Has('f') ? $"xenstore-ls: xs_directory ({path}): No such file or directory\n" : "xl-sim: xenstore-ls needs -f\n");
        }

        streams.Print(string.Concat(below.Select(line => line + "\n")));
        return 0;
    }

    private IEnumerable<string> All()
    {
        var backends = store.List().Where(domain => domain.Phase != DomainPhase.Building).SelectMany(Disks).ToList(); // libxl adds them last
        IEnumerable<string> folders = backends.Count == 0 ? [] : [$"{Zero}/backend = \"\""];
        return [.. folders, .. backends, $"{Zero}/domid = \"0\"", $"{Zero}/name = \"Domain-0\""];
    }

    private static IEnumerable<string> Disks(Domain domain) =>
        domain.Disks.Select(GuestDisk.Parse).OfType<GuestDisk>().Where(disk => disk.Backend is null).SelectMany(disk =>
        {
            var isQemus = disk.Format != "raw";
            var backend = $"{Zero}/backend/{(isQemus ? "qdisk" : "vbd")}/{domain.Id}/{Number(disk.Device)}";
            string[] lines =
            [
                $"{backend} = \"\"",
                $"{backend}/dev = \"{disk.Device}\"",
                $"{backend}/frontend-id = \"{domain.Id}\"",
                $"{backend}/mode = \"{(disk.IsWritable ? 'w' : 'r')}\"",
                $"{backend}/params = \"{(isQemus ? $"{disk.Format}:" : "")}{disk.Target}\"",
                .. DiskIdentity.Of(FileSystem.TryStatus(disk.Target)) is { IsDevice: true } device ? [$"{backend}/physical-device = \"{Device(device.Device)}\""] : (IEnumerable<string>)[],
            ];
            return lines;
        });

    private static int Number(string device)
    {
        var name = device.TrimEnd("0123456789".ToCharArray());
        _ = int.TryParse(device[name.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return name.Length == 0 ? number : FirstDisk + (16 * (name[^1] - 'a')) + number; // "51712" is one already
    }

    private static string Device(ulong number) => string.Create(CultureInfo.InvariantCulture, $"{DeviceNumber.Major(number):x}:{DeviceNumber.Minor(number):x}");
}
