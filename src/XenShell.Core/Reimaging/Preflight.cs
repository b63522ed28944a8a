using XenShell.Core.Disks;
using XenShell.Core.GuestFiles;
using XenShell.Core.Guests;
using XenShell.Core.Images;
using XenShell.Core.Printing;
using XenShell.Core.Volumes;

namespace XenShell.Core.Reimaging;

/// <summary>
/// Looks at all that a re-image needs before anything is done. Every problem is told at once: nobody
/// should have to try five times at three in the morning.
/// </summary>
public sealed class Preflight
{
    private const long Mib = 1 << 20;
    private const string NewRoot = "LABEL=root"; // what a new file system is called
    private const int MaxWord = 60;

    private readonly HostLayout layout;
    private readonly ReimageOrder order;
    private readonly List<string> problems = [];

    private Preflight(HostLayout layout, ReimageOrder order)
    {
        this.layout = layout;
        this.order = order;
    }

    /// <summary>For people, one line each; empty when the re-image can begin.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>The guest's state is the only problem.</summary>
    public bool IsOnlyAboutState => IsInTheWay && problems.Count == 1;

    /// <summary>For the administrator's record: what the people's message leaves out.</summary>
    public string? Record { get; private set; }

    /// <summary>The volumes that get a new one beside them, the system's first.</summary>
    public IReadOnlyList<Volume> Volumes { get; private set; } = [];

    /// <summary>What the guest calls them, in the same order.</summary>
    public IReadOnlyList<string> Devices { get; private set; } = [];

    /// <summary>What the guest calls its other disks, which stay as they are.</summary>
    public IReadOnlyList<string> Untouched { get; private set; } = [];

    public static Preflight Of(HostLayout layout, ReimageOrder order)
    {
        var check = new Preflight(layout, order);
        check.LookAtState();
        check.LookAtDisks();
        check.LookAtBoot();
        check.LookAtNetwork();
        check.LookAtTools();
        return check;
    }

    /// <summary>What the swap will be, without the new volumes' identities: they are not made yet.</summary>
    public IReadOnlyList<SwapStep> Steps(string job) =>
    [
        .. Volumes.Select(volume => new SwapStep(
            volume.Path,
            VolumeKind.NameBeside(volume.Path, "new", job),
            VolumeKind.NameBeside(volume.Path, "old", job),
            volume.Identity,
            null)),
    ];

    private bool IsInTheWay => order.IsUp && !order.ShutsDown;

    private void LookAtState()
    {
        if (IsInTheWay)
        {
            problems.Add($"{order.Guest.Name} is not off; --shutdown shuts it down when the new system is ready");
        }
    }

    private void LookAtDisks()
    {
        var disks = GuestDisks.Of(order.Guest);
        if (disks.Root is null)
        {
            problems.Add($"{order.Guest.Name} cannot be re-imaged: {disks.Problem}");
            return;
        }

        try
        {
            List<Volume> volumes = [];
            List<GuestDisk> replaced = [.. new[] { disks.Root, disks.Swap }.OfType<GuestDisk>()];
            Devices = [.. replaced.Select(disk => disk.Device)];
            Untouched = [.. GuestDisk.SomeOf(order.Guest).Select(disk => disk.Device).Except(Devices)];
            foreach (var disk in replaced)
            {
                if (LookAtVolume(disk) is { } volume)
                {
                    volumes.Add(volume);
                }
            }

            if (volumes.Count > 0 && problems.Count == (IsInTheWay ? 1 : 0))
            {
                LookAtSpace(volumes);
                Volumes = volumes;
            }
        }
        catch (VolumeException e)
        {
            Record = e.Message;
            problems.Add($"the disk of {order.Guest.Name} cannot be looked at; please tell the administrator, whose record says why");
        }
    }

    private Volume? LookAtVolume(GuestDisk disk)
    {
        var name = VolumeKind.NameOf(disk.Target);
        if (VolumeKind.Of(layout, name) is not { } kind)
        {
            problems.Add($"{order.Guest.Name} cannot be re-imaged: {disk.Device} is neither a logical volume nor a raw image file");
            return null;
        }

        if (kind.Problem(name) is { } problem)
        {
            problems.Add($"{order.Guest.Name} cannot be re-imaged: {disk.Device}: {problem}");
            return null;
        }

        return kind.Find(name);
    }

    private void LookAtSpace(List<Volume> volumes)
    {
        var (image, root) = (order.Image, volumes[0]);
        if (root.Bytes < image.MinDisk * Mib)
        {
            problems.Add($"{image.Name} needs a disk of {image.MinDisk} MiB, and {order.Guest.Name} has {root.Bytes / Mib}");
        }

        if (root.Bytes > image.MaxDisk * Mib)
        {
            problems.Add($"{image.Name} is for disks of {image.MaxDisk} MiB at most, and {order.Guest.Name} has {root.Bytes / Mib}");
        }

        if (image.MinMemory is { } memory && order.Guest.Memory is { } has && has < memory)
        {
            problems.Add($"{image.Name} needs {memory} MiB of memory, and {order.Guest.Name} has {has}");
        }

        foreach (var place in volumes.GroupBy(volume => volume.Path[..volume.Path.LastIndexOf('/')]))
        {
            var (needed, free) = (place.Sum(volume => volume.Bytes), VolumeKind.Of(layout, place.First().Path)!.Room(place.First().Path).Spare(order.KeepFree));
            if (needed > free)
            {
                problems.Add($"the host has no room for a new disk beside the old one: {needed / Mib} MiB are needed, {Math.Max(0, free) / Mib} may be taken; please ask the administrator");
            }
        }
    }

    // What we build is a file system with a label and no more: a BIOS finds nothing on it to start, and a kernel no UUID that it knows.
    private void LookAtBoot()
    {
        if (order.Image.Method == ImageMethod.Command)
        {
            return;
        }

        var boot = BootWords.Of(XlConfig.Parse(order.Guest.Bytes, order.Guest.File));
        if (boot is { IsMachine: true, HasKernel: false })
        {
            problems.Add($"{order.Guest.Name} is a whole machine (HVM), which takes a boot loader on its disk, and {order.Image.Name} has none");
        }
        else if (boot.Root is { } root && !root.StartsWith("/dev/", StringComparison.Ordinal) && root != NewRoot)
        {
            problems.Add($"{order.Guest.Name} looks for its system by root={PrintableText.Line(root, MaxWord)}, which a new one does not have; please tell the administrator");
        }
    }

    private void LookAtNetwork()
    {
        try
        {
            GuestNetwork.Of(order.Guest);
        }
        catch (FormatException e)
        {
            Record = e.Message;
            problems.Add($"how {order.Guest.Name} would get its network cannot be said; please tell the administrator, whose record says why");
        }
    }

    private void LookAtTools()
    {
        if (order.Image.Method == ImageMethod.XenTools && XenTools.Problem(layout) is { } problem)
        {
            Record = problem;
            problems.Add($"this host cannot build {order.Image.Name}; please tell the administrator, whose record says why");
        }
    }
}
