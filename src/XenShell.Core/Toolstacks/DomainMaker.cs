using System.Globalization;
using System.Text.RegularExpressions;
using XenShell.Core.Native;

namespace XenShell.Core.Toolstacks;

/// <summary>A process that makes a domain, and keeps all others from that until it is made.</summary>
/// <param name="Creates">It makes one anew, from a guest's file; not one whose memory comes from somewhere.</param>
/// <param name="Loads">The domid of the one whose boot loader it waits for; null when it waits for none, or that has hidden its arguments.</param>
public sealed partial record DomainMaker(int Pid, bool Creates, int? Loads = null)
{
    private const string Restorer = "/libxl-save-helper"; // of Xen's, which reads a domain's memory

    /// <summary>
    /// By what a process of xl's does now, which its children tell. Its own arguments tell how the guest's first life began: it
    /// stays for all of them, and what was restored once boots its next one from the guest's file.
    /// </summary>
    public static DomainMaker OfXl(int pid)
    {
        int[] children = [.. ProcessTable.Children(pid)];
        return new DomainMaker(
            pid,
            children.All(child => ProcessTable.Program(child)?.EndsWith(Restorer, StringComparison.Ordinal) != true),
            children.Select(Loaded).FirstOrDefault(id => id is not null));
    }

    // The first such word is libxl's own; what the guest's file has for its boot loader stands behind it (make_bootloader_args).
    private static int? Loaded(int child) =>
        ProcessTable.Arguments(child).Select(word => OutputFolder().Match(word)).FirstOrDefault(match => match.Success) is { } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"\A--output-directory=/.*/bootloader\.([0-9]{1,9})\.d\z")]
    private static partial Regex OutputFolder();
}
