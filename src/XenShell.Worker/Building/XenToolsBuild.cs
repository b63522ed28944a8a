using XenShell.Core.Guests;
using XenShell.Core.Images;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Worker.Building;

/// <summary>
/// xen-create-image(8) fills the new disk, and nothing else: it makes no disk, writes the guest's file into a folder that is thrown
/// away, boots nothing, and removes nothing when it fails. It mounts the disk, and runs the programs of the new system in it.
/// </summary>
internal static class XenToolsBuild
{
    private const string Done = "Installation Summary";

    private static readonly (string Begin, string Phase, int From, int To)[] Phases =
    [
        ("Installation method:", "installing", 5, 60),
        ("Running hooks", "running the hooks of xen-tools", 60, 85),
        ("Role: ", "running its roles", 85, 90),
    ];

    internal static void Fill(Site site)
    {
        if (XenTools.Problem(site.Layout) is { } problem)
        {
            throw new IOException(problem); // for the administrator: the order was looked at when it was given
        }

        var system = new ExtFileSystem(site);
        site.Progress.Begin("making the file system", 2, 5);
        system.MakeEmpty();
        var staging = $"{site.WorkFolder}/guest";
        Folders.Create(staging);
        var command = OwnMounts.Around([XenTools.Program, .. Arguments(site, staging)]);
        var packages = new PackageCount();
        var isDone = false;
        var code = site.Tools.Run(command[0], [.. command.Skip(1)], [$"TMPDIR={site.WorkFolder}"], Hear, isLogged: false);
        if (code != 0 || !isDone) // it ends with 0 where it does not understand us
        {
            throw new JobException($"the image could not be installed (xen-create-image ended with {code})");
        }

        site.Progress.Begin("setting it up", 90, 95);
        system.Put(site.Overlay);
        site.Progress.Begin("checking the file system", 95, 98);
        system.Verify();

        void Hear(string line)
        {
            if (!line.StartsWith("./", StringComparison.Ordinal)) // each file that tar(1) unpacks
            {
                site.Store.Log(site.Job.Id, line);
            }

            foreach (var (begin, phase, from, to) in Phases)
            {
                if (line.StartsWith(begin, StringComparison.Ordinal))
                {
                    site.Progress.Begin(phase, from, to);
                }
            }

            isDone |= line == Done;
            if (packages.Hear(line) is { } part)
            {
                site.Progress.At(part);
            }
        }
    }

    // Whatever /etc/xen-tools/xen-tools.conf says: --force would overwrite, --boot boot, a failure without --keep remove what is there,
    // and a password stand in the job's log.
    private static IEnumerable<string> Arguments(Site site, string staging)
    {
        var image = site.Image;
        return
        [
            "--verbose", "--noforce", "--keep", "--noboot", "--nohosts", "--nopygrub", "--nopasswd", "--genpass=0", "--password=0", "--dontformat",
            $"--hostname={HostName(site.Overlay.Guest)}", $"--output={staging}", "--extension=.cfg",
            $"--image-dev={site.Root.Path}", "--noswap", $"--fs={image.Filesystem}",
            $"--dist={image.Dist}", $"--install-method={image.InstallMethod}",
            .. Given("--install-source", image.Source), .. Given("--mirror", image.Mirror), .. Given("--role", string.Join(',', image.Roles)),
            .. Network(site.Overlay.Network),
        ];
    }

    private static IEnumerable<string> Given(string option, string? value) => string.IsNullOrEmpty(value) ? [] : [$"{option}={value}"];

    // For its hooks and roles: what the system comes up with is ours.
    private static IEnumerable<string> Network(GuestNetwork network) =>
        network.Addresses.FirstOrDefault(address => !address.IsV6) is { Prefix: { } prefix } address
            ? [$"--ip={address.Text}", $"--netmask={HostAddress.NetmaskOf(prefix)}", .. Given("--gateway", network.Gateway?.Text)]
            : ["--dhcp"];

    // Of the guest's, what a host name may have; the system's own is ours.
    private static string HostName(GuestName guest) => string.Concat(guest.Text.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-'));
}
