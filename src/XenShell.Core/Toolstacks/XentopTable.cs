using System.Globalization;
using XenShell.Core.Domains;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// The table of "xentop -b -f -i 1": columns by the names in its header, since a state or a name with a
/// blank would shift them. NETTX is what the host sent to the guest (xenstat_linux.c reads the host's
/// side of the interface), so it is the guest's incoming traffic. Sectors have 512 bytes; before Xen 4.1 only
/// requests were counted, which say nothing of bytes.
/// </summary>
public static class XentopTable
{
    private const string FirstNumber = "NETTX(k)";

    public static IReadOnlyList<Traffic> Parse(string text)
    {
        var lines = text.Split('\n');
        var head = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // Counted from the right: "no limit" in the memory columns is two words.
        var last = head.Length;
        int FromRight(string column) => last - Array.IndexOf(head, column);
        if (!head.Contains(FirstNumber) || !head.Contains("NETRX(k)"))
        {
            return [];
        }

        var hasSectors = head.Contains("VBD_RSECT") && head.Contains("VBD_WSECT");
        var (netIn, netOut) = (FromRight(FirstNumber), FromRight("NETRX(k)"));
        var all = new List<Traffic>();
        foreach (var line in lines.Skip(1))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= head.Length && Number(words, netIn) is { } i && Number(words, netOut) is { } o)
            {
                long? Sectors(string column) => hasSectors ? Number(words, FromRight(column)) / 2 : null;
                all.Add(new Traffic(words[0], i, o, Sectors("VBD_RSECT"), Sectors("VBD_WSECT")));
            }
        }

        return all;
    }

    private static long? Number(string[] words, int fromRight) =>
        long.TryParse(words[^fromRight], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
