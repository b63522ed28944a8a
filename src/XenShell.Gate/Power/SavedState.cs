using System.Text;
using System.Text.RegularExpressions;
using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Gate.Power;

/// <summary>
/// What Debian's xendomains saved of a guest when the host went down. It restores all that it finds at the next start: memory
/// that does not know what has become of its disks. It passes over names that begin with a dot.
/// </summary>
internal sealed partial class SavedState
{
    private const int Longest = 64 << 10; // of its settings, which have 8 kB

    private readonly Act act;
    private readonly string folder;
    private readonly string aside;
    private readonly string news;

    private SavedState(Act act, string folder, string aside, string news)
    {
        (this.act, this.folder, this.aside, this.news) = (act, folder, aside, news);
        act.News.Add(news);
    }

    /// <summary>To be called before what makes it stale: nothing that ends us or the host then leaves it to be restored.</summary>
    /// <returns>Null where there is none, or it stays where it is.</returns>
    internal static SavedState? PutAside(Act act, string why)
    {
        var folder = Folder(act.Layout);
        if (FileSystem.ChangedAt($"{folder}/{act.Name}") is not (> 0 and var saved))
        {
            return null;
        }

        var aside = $"{folder}/.{act.Name}.stale-{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
        try
        {
            FileSystem.Rename($"{folder}/{act.Name}", aside);
            Folders.Sync(folder);
            act.Report($"{act.Name} {why}, and the state of it that was saved before, which must not be restored any more, is {aside}");
            return new SavedState(act, folder, aside, $"{act.Name}: its state was saved on this host ({UtcTime.Of(saved / 1_000_000_000)}); it {why}, and that state is put aside");
        }
        catch (ErrnoException e)
        {
            act.Report($"{act.Name} {why}, and {folder}/{act.Name} must not be restored any more, and could not be put aside: {e.Message}");
            return null;
        }
    }

    /// <summary>Nothing has become of it.</summary>
    internal void BringBack()
    {
        try
        {
            FileSystem.RenameToNew(aside, $"{folder}/{act.Name}");
            Folders.Sync(folder);
            act.News.Remove(news);
            act.Report($"{act.Name} was not booted, and {aside} is {folder}/{act.Name} again");
        }
        catch (ErrnoException e)
        {
            act.Report($"{act.Name} was not booted, and {aside} could not be brought back: {e.Message}");
        }
    }

    private static string Folder(HostLayout layout)
    {
        try
        {
            using var file = FileSystem.TryOpenWhereItLeads($"{layout.Root}/etc/default/xendomains");
            return file?.ReadAll(Longest) is { } bytes && Setting().Matches(Encoding.Latin1.GetString(bytes)) is [.., var last]
                ? $"{layout.Root}{last.Groups["path"].Value}"
                : layout.SaveFolder;
        }
        catch (ErrnoException)
        {
            return layout.SaveFolder;
        }
    }

    // A script that the shell reads: what is more than a plain path is not followed.
    [GeneratedRegex("""^[ \t]*XENDOMAINS_SAVE=(?<quote>["']?)(?<path>/[\w./+-]*)\k<quote>[ \t]*(#.*)?$""", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
