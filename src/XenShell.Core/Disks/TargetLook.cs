using System.Diagnostics;
using System.Text;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>
/// What targets are. A stat(2) that waits for a dead storage can be ended by nobody, and one guest's storage must not keep
/// the others from booting: who is asked about a path outside of /dev is a program that can be left behind. What has been
/// answered is not asked again.
/// </summary>
public sealed class TargetLook
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3); // a storage that is alive answers in milliseconds, and a busy one in tenths

    private readonly Dictionary<string, DiskIdentity?> answers = new(StringComparer.Ordinal); // by path; null is no entry
    private readonly HashSet<string> silent = new(StringComparer.Ordinal);

    /// <summary>The paths that nobody answered about.</summary>
    public IReadOnlyCollection<string> Silent => silent;

    /// <param name="targets">A character a byte.</param>
    public void Add(IEnumerable<string> targets)
    {
        var paths = targets.SelectMany(PathsOf).Where(path => !answers.ContainsKey(path) && !silent.Contains(path)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var path in paths.Where(IsDevice))
        {
            answers.Add(path, DiskIdentity.Of(FileSystem.TryStatus(Encoding.Latin1.GetBytes(path))));
        }

        foreach (var some in paths.Where(path => !IsDevice(path)).Chunk(AtOnce))
        {
            Ask(some);
        }
    }

    /// <summary>Asks those again that did not answer.</summary>
    public void AskAgain()
    {
        string[] again = [.. silent];
        silent.Clear();
        Add(again);
    }

    /// <summary>
    /// What a target is, or may be: a path that is not absolute begins in /dev for Xen's scripts and xend, and in / for QEMU,
    /// which the gate starts there. Of what is no path, or leads nowhere yet, its name.
    /// </summary>
    public IEnumerable<DiskIdentity> Of(string target)
    {
        var all = PathsOf(target).Select(path => (IsKnown: answers.TryGetValue(path, out var answer), Answer: answer)).ToList();
        var found = all.Select(path => path.Answer).OfType<DiskIdentity>().ToList();
        return found.Count > 0 ? found.Where(identity => identity != DiskIdentity.NoDisk)
            : target.Length > 0 && all.TrueForAll(path => path.IsKnown) ? [DiskIdentity.OfName(target)]
            : [];
    }

    /// <summary>One of the places that a target may be at is among these.</summary>
    public static bool IsAmong(string target, IReadOnlyCollection<string> paths) => PathsOf(target).Any(paths.Contains);

    private static IEnumerable<string> PathsOf(string target) => target switch
    {
        "" => [],
        ['/', ..] => [target],
        _ => [$"/dev/{target}", $"/{target}"],
    };

    // Kept in memory by the kernel.
    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.Contains("/../", StringComparison.Ordinal);

    private void Ask(string[] paths)
    {
        var asked = paths.Select(path => (Path: path, Question: new StatQuestion(path))).ToList();
        var watch = Stopwatch.StartNew();
        foreach (var (path, question) in asked)
        {
            var left = Patience - watch.Elapsed;
            if (question.TryAnswer(left > TimeSpan.Zero ? left : TimeSpan.Zero, out var identity))
            {
                answers.Add(path, identity);
            }
            else
            {
                silent.Add(path);
            }
        }
    }
}
