using XenShell.Core;
using XenShell.Core.Images;
using XenShell.Core.Native;

namespace XenShell.Admin;

/// <summary>
/// image build: makes the archive of an image with method = mmdebstrap, under a name of its own until it is whole. mmdebstrap runs
/// what it installs, as root: nothing of a tenant's is in it.
/// </summary>
internal static class ImageBuildCommand
{
    private const string Program = "/usr/bin/mmdebstrap";
    private const string Unshare = "/usr/bin/unshare"; // what it has mounted ends with it, however it ends

    /// <summary>What a guest needs to come up with a network, a log-in at its console and one over ssh.</summary>
    private static readonly string[] Usual =
    [
        "systemd-sysv", "udev", "kmod", "ifupdown", "iproute2", "isc-dhcp-client", "openssh-server", "initramfs-tools", "linux-image-amd64", "ca-certificates", "less", "vim-tiny",
    ];

    // Of the host's, or everybody's, otherwise; and what pygrub reads.
    private static readonly string[] Hooks =
    [
        "rm -f \"$1\"/etc/ssh/ssh_host_* \"$1\"/etc/resolv.conf \"$1\"/etc/hostname",
        "if [ -e \"$1\"/vmlinuz ]; then mkdir -p \"$1\"/boot/grub && "
            + "printf 'menuentry \"Linux\" {\\n linux %s root=LABEL=root ro console=hvc0\\n initrd %s\\n}\\n' \"/$(readlink \"$1\"/vmlinuz)\" \"/$(readlink \"$1\"/initrd.img)\" >\"$1\"/boot/grub/grub.cfg; fi",
    ];

    // Of the administrator's own, as his apt has it.
    private static readonly string[] Kept = ["http_proxy", "https_proxy", "no_proxy", "APT_CONFIG", "TMPDIR", "SOURCE_DATE_EPOCH"];

    internal static ExitCode Run(HostLayout layout, string name) => Run(layout, name, Program);

    /// <param name="program">mmdebstrap.</param>
    internal static ExitCode Run(HostLayout layout, string name, string program)
    {
        var image = ImageCatalog.Definition(layout, name);
        if (image.Method != ImageMethod.Mmdebstrap)
        {
            Say.Error($"{name} is not made here: its method is not mmdebstrap");
            return ExitCode.Usage;
        }

        if (FileSystem.TryStatus(program) is null)
        {
            Say.Error($"{program} is missing; try: apt-get install mmdebstrap");
            return ExitCode.Failed;
        }

        var folder = image.Source![..image.Source!.LastIndexOf('/')];
        layout.TrustedTree.RequireUnchangeable(folder);
        Folders.Create(layout.RunFolder);
        using var turn = FileSystem.OpenOrCreate($"{layout.RunFolder}/image-{name}.lock");
        if (!turn.TryLock())
        {
            Say.Error($"{name} is being built already");
            return ExitCode.Busy;
        }

        return Build(image, folder, program);
    }

    private static ExitCode Build(Image image, string folder, string program)
    {
        var made = $"{image.Source}.new";
        FileSystem.Remove(made);
        var code = Make(image, made, program);
        if (code != 0)
        {
            FileSystem.Remove(made); // which may look whole
            Say.Error($"{image.Name} was not built (mmdebstrap ended with {code}); what was there before is there still");
            return ExitCode.Failed;
        }

        using (var file = FileSystem.TryOpen(made) ?? throw new IOException($"{made} is gone"))
        {
            file.Sync();
            Say.Line($"{image.Name} is built: {file.Status().Size >> 20} MiB in {image.Source}");
        }

        FileSystem.Rename(made, image.Source!);
        Folders.Sync(folder);
        return ExitCode.Done;
    }

    private static int Make(Image image, string made, string program)
    {
        string[] words =
        [
            Unshare, "--mount", "--propagation=slave", "--", program, "--variant=minbase", "--format=tar", $"--include={string.Join(',', image.Packages.Count > 0 ? image.Packages : Usual)}",
            .. Hooks.Select(hook => $"--customize-hook={hook}"), image.Dist!, made, .. image.Mirror is { } mirror ? [mirror] : Array.Empty<string>(),
        ];
        string[] environment =
        [
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "HOME=/root",
            .. Kept.Where(variable => Environment.GetEnvironmentVariable(variable) is not null).Select(variable => $"{variable}={Environment.GetEnvironmentVariable(variable)}"),
        ];
        using var child = ChildProcess.Start(new SpawnRequest(Unshare, words, environment) { Output = Fd.Output, Error = Fd.Error });
        return child.Wait(Timeout.InfiniteTimeSpan)!.Value;
    }
}
