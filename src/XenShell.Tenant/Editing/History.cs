using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Files;
using XenShell.Core.Native;
using XenShell.Tenant.Sessions;

namespace XenShell.Tenant.Editing;

/// <summary>
/// The lines typed before, kept in the user's home where that can be written; tenants' homes usually
/// belong to root, and then they last as long as the session.
/// </summary>
public sealed class History
{
    private readonly string path;
    private readonly List<string> lines = [];
    private bool isChanged;

    public History(string path)
    {
        this.path = path;
        Load();
    }

    public static History Of(Session session) =>
        new($"{(session.Layout.IsDemo ? session.Layout.Root : session.Account.Home)}/{session.Settings.History}");

    public int Count => lines.Count;

    public string this[int index] => lines[index];

    public void Add(string line)
    {
        if (line.Length > 0 && (lines.Count == 0 || lines[^1] != line))
        {
            lines.Add(line);
            isChanged = true;
            if (lines.Count > TenantLimits.HistoryLines)
            {
                lines.RemoveAt(0);
            }
        }
    }

    public void Save()
    {
        if (!isChanged)
        {
            return;
        }

        // Load takes no larger file: the oldest lines go first.
        var (from, length) = (lines.Count, 0);
        while (from > 0 && (length += lines[from - 1].Length + 1) <= TenantLimits.HistoryBytes)
        {
            from--;
        }

        try
        {
            AtomicFile.Write(path, Encoding.ASCII.GetBytes(string.Concat(lines.Skip(from).Select(line => line + "\n"))));
        }
        catch (IOException)
        {
            // a home that root owns, a full disk: the history is a comfort
        }
    }

    // Our own file in our own home, as our own user: a link or a FIFO there harms nobody else, but may hang or confuse.
    private void Load()
    {
        try
        {
            using var file = FileSystem.TryOpen(path);
            if (file is null || !file.IsRegularFile || file.ReadAll(TenantLimits.HistoryBytes) is not { } bytes)
            {
                return;
            }

            lines.AddRange(Encoding.ASCII.GetString(bytes).Split('\n')
                .Where(line => line.Length > 0 && line.Length <= CommandLine.MaxLength && line.All(c => c is >= ' ' and <= '~'))
                .TakeLast(TenantLimits.HistoryLines));
        }
        catch (IOException)
        {
            // unreadable: start with an empty one
        }
    }
}
