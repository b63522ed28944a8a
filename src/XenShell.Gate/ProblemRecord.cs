using System.Text;
using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Files;
using XenShell.Core.Limits;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Gate;

/// <summary>
/// A file that is refused counts for nothing, and people only see that a guest or an image is gone: the record and syslog
/// are told why, once for each change of the file. Files in RunFolder hold what they know.
/// </summary>
internal static class ProblemRecord
{
    /// <summary>Of guests' files and grants.</summary>
    internal static void OfGuests(HostLayout layout, IReadOnlyList<FileProblem> problems) => Tell(layout, "problems", problems);

    /// <summary>Of images' definitions.</summary>
    internal static void OfImages(HostLayout layout, IReadOnlyList<FileProblem> problems) => Tell(layout, "image-problems", problems);

    private static void Tell(HostLayout layout, string whose, IReadOnlyList<FileProblem> problems)
    {
        var path = $"{layout.RunFolder}/{whose}";
        try
        {
            var now = problems.Select(Line).Distinct().ToList();
            if (now.SequenceEqual(Known(path)))
            {
                return;
            }

            using var file = FileSystem.OpenToAppend(path);
            if (!file.TryLock(Waits.SmallWrite))
            {
                return; // another gate is at it
            }

            var known = Known(path);
            var news = problems.Where(problem => !known.Contains(Line(problem))).ToList();
            var record = AuditLog.OfTheHost(layout);
            foreach (var problem in news.Take(GateLimits.ProblemsAtOnce))
            {
                record.Problem(problem.ToString());
            }

            if (news.Count > GateLimits.ProblemsAtOnce)
            {
                record.Problem($"{news.Count - GateLimits.ProblemsAtOnce} more of these; 'xen-shell-gate --check' lists all");
            }

            file.Truncate();
            file.WriteAll(Encoding.UTF8.GetBytes(string.Concat(now.Select(line => line + "\n"))));
        }
        catch (IOException)
        {
            // told at the next call
        }
    }

    // A name may have any character, and would be news at each call.
    private static string Line(FileProblem problem) =>
        PrintableText.Of(Encoding.UTF8.GetBytes($"{problem} [{FileSystem.ChangedAt(problem.File)}]"), keepLines: false);

    private static string[] Known(string path)
    {
        using var file = FileSystem.TryOpen(path);
        return file is not null && file.ReadAll(GateLimits.Problems) is { } bytes
            ? Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : [];
    }
}
