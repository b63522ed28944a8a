using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.GuestFiles;

namespace XenShell.Gate.Power;

/// <summary>A file of the host's that a guest boots from, as its own file says (xl.cfg(5)).</summary>
/// <param name="Word">What it is, for people.</param>
internal sealed record BootFile(string? Path, string Word)
{

    /// <exception cref="GateRefusal">One of a guest's is not there, or its storage does not answer.</exception>
    internal static void Require(Act act)
    {
        var files = Of(XlConfig.Parse(act.Guest.Bytes, act.Guest.File)).Where(file => file.IsLookedAt).ToList();
        var look = new TargetLook();
        look.Add(files.Select(file => file.Path!));
        if (files.Find(file => look.IsMissing(file.Path!)) is { } missing)
        {
            throw Act.Refusal(ExitCode.Failed, $"{act.Name}: its {missing.Word} is not there, and its power was left on; please tell the administrator", $"{missing.Path} does not exist");
        }

        if (files.Find(file => look.Silent.Contains(file.Path!)) is { } silent)
        {
            throw Act.Refusal(ExitCode.Failed, $"{act.Name}: the storage of its {silent.Word} does not answer, and its power was left on; please tell the administrator", $"{silent.Path} does not answer");
        }
    }

    // What is not absolute xl looks for in folders of its own.
    private bool IsLookedAt => Path is ['/', ..] && !Path.EndsWith($"/{BootWords.OldFirmware}", StringComparison.Ordinal);

    // A full virtual machine has no boot loader of the host's; with one, the kernel is on the guest's own disk.
    private static BootFile[] Of(XlConfig config)
    {
        string? Text(string key) => config.IsList(key) ? null : config.GetString(key);

        BootFile[] kernel = [new(Text("kernel"), "kernel"), new(Text("ramdisk"), "ramdisk")];
        return Text("type") == "hvm" || Text("builder") == "hvm" ? [.. kernel, new(Text("device_model_override"), "device model"), new(Text("firmware_override"), "firmware")]
            : Text("bootloader") is { Length: > 0 } loader ? [new(loader, "boot loader")]
            : kernel;
    }
}
