namespace XenShell.Core.GuestFiles;

/// <summary>What a guest's file says of how it boots, read as xl does (xl.cfg(5), parse_cmdline of xl_parse.c).</summary>
/// <param name="KernelLine">What its kernel is given; cmdline stands for itself, and root and extra mean nothing beside it.</param>
/// <param name="HasLoader">The host's boot loader (pygrub) finds the kernel on the first disk.</param>
/// <param name="IsMachine">A whole machine with a BIOS, which finds its boot loader on a disk (HVM).</param>
/// <param name="HasKernel">The file names a kernel.</param>
public sealed record BootWords(string KernelLine, bool HasLoader, bool IsMachine, bool HasKernel)
{
    /// <summary>A machine's BIOS, which old files name as its kernel: xl warns of that, and takes its own.</summary>
    public const string OldFirmware = "hvmloader";

    private const string RootWord = "root=";

    /// <exception cref="XlConfigException">One of them is no text.</exception>
    public static BootWords Of(XlConfig config)
    {
        string? Text(string key) => config.IsList(key) ? null : config.GetString(key);

        var root = Text("root") is { } device ? $"{RootWord}{device} " : "";
        var isMachine = Text("type") is { } type ? type == "hvm" : Text("builder") == "hvm";
        return new BootWords(
            Text("cmdline") ?? (root + Text("extra")).Trim(),
            HasLoader: !isMachine && Text("bootloader") is { Length: > 0 },
            isMachine,
            HasKernel: Text("kernel") is { Length: > 0 } kernel && !(isMachine && kernel[(kernel.LastIndexOf('/') + 1)..] == OldFirmware));
    }

    /// <summary>What the kernel takes for its root, "/dev/xvda2" or "UUID=…"; the last word of it counts. Null where nothing says it.</summary>
    public string? Root => IsMachine && !HasKernel
        ? null // nobody reads the line
        : KernelLine.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).LastOrDefault(word => word.StartsWith(RootWord, StringComparison.Ordinal))?[RootWord.Length..];
}
