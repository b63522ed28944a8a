using System.Diagnostics;
using System.Text;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>
/// What targets are. A stat(2) that waits for a dead storage can be ended by nobody, and one guest's storage must not keep
/// the others from booting: who is asked about a path outside of /dev, and about a loop device, is a program that can be left
/// behind. What has been answered is not asked again.
/// </summary>
public sealed class TargetLook
{
    private const int AtOnce = 16;
    private const int MaxName = 255; // of an entry of a folder, in bytes (limits.h: NAME_MAX)

    private readonly Dictionary<string, DiskIdentity?> answers = new(StringComparer.Ordinal); // by path; null is no entry
    private readonly HashSet<string> silent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoopFile> loops = new(StringComparer.Ordinal); // by name of the device
    private readonly Dictionary<string, LoopDevice> silentLoops = new(StringComparer.Ordinal);

    /// <summary>The paths, and the loop devices, that nobody answered about.</summary>
    public IReadOnlyCollection<string> Silent => [.. silent, .. silentLoops.Keys];

    /// <summary>Which of these paths lie on a storage that does not answer.</summary>
    public static IReadOnlyCollection<string> SilentOf(IEnumerable<string> paths)
    {
        var look = new TargetLook();
        look.Add(paths);
        return look.Silent;
    }

    /// <param name="targets">A character a byte.</param>
    public void Add(IEnumerable<string> targets)
    {
        var paths = targets.SelectMany(PathsOf).Where(path => !answers.ContainsKey(path) && !silent.Contains(path)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var path in paths.Where(IsDevice))
        {
            answers.Add(path, DiskIdentity.Of(FileSystem.TryStatus(Encoding.Latin1.GetBytes(path))));
        }

        silent.UnionWith(Ask([.. paths.Where(path => !IsDevice(path))], path => path, PathQuestion.Ask, (path, answer) =>
            PathQuestion.TryRead(answer, out var identity) && answers.TryAdd(path, identity)));
    }

    /// <summary>Asks which files these devices have, where they are loop devices.</summary>
    public void AddLoops(IEnumerable<ulong> devices) => AddLoops(devices.Select(BlockDevices.LoopAt).OfType<LoopDevice>());

    private void AddLoops(IEnumerable<LoopDevice> devices)
    {
        var open = devices.Where(loop => !loops.ContainsKey(loop.Name) && !silentLoops.ContainsKey(loop.Name)).ToList();
        if (open.Count > 1)
        {
            Take(LoopQuestion.Ask().Answer(Waits.Storage)); // all with one, if they all answer
        }

        foreach (var loop in Ask([.. open.Where(loop => !loops.ContainsKey(loop.Name))], loop => loop.File, loop => LoopQuestion.Ask(loop.Name), (loop, answer) =>
            {
                Take(answer);
                return loops.ContainsKey(loop.Name);
            }))
        {
            silentLoops[loop.Name] = loop;
        }

        void Take((int? Code, string Text) answer)
        {
            var files = LoopQuestion.Read(answer);
            foreach (var loop in open)
            {
                if (files.TryGetValue(loop.Name, out var file))
                {
                    loops[loop.Name] = OnDevice(loop, file);
                }
            }
        }
    }

    // A loop device over another device has that one's node in /dev for a file.
    private static LoopFile OnDevice(LoopDevice loop, LoopFile file) =>
        IsDevice(loop.File)
        && FileSystem.TryStatus(Encoding.Latin1.GetBytes(loop.File)) is { Kind: FileKind.BlockDevice } node && DiskIdentity.OfFile(node.Device, node.Inode) == file.Identity
            ? file with { Identity = DiskIdentity.OfDevice(node.OwnDevice) }
            : file;

    /// <summary>The file of a loop device; null of all others, and where nobody answered.</summary>
    public LoopFile? FileOf(DiskIdentity disk) => disk.IsDevice && BlockDevices.LoopAt(disk.Device) is { } loop ? loops.GetValueOrDefault(loop.Name) : null;

    /// <summary>Asks those again that did not answer.</summary>
    public void AskAgain()
    {
        string[] paths = [.. silent];
        LoopDevice[] devices = [.. silentLoops.Values];
        silent.Clear();
        silentLoops.Clear();
        Add(paths);
        AddLoops(devices);
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
            : IsMissing(target) ? [DiskIdentity.OfName(target)]
            : [];
    }

    /// <summary>Nothing is at any place that the target may be at.</summary>
    public bool IsMissing(string target) =>
        target.Length > 0 && PathsOf(target).All(path => answers.TryGetValue(path, out var answer) && answer is null);

    /// <summary>One of the places that a target may be at is among these.</summary>
    public static bool IsAmong(string target, IReadOnlyCollection<string> paths) => PathsOf(target).Any(paths.Contains);

    private static IEnumerable<string> PathsOf(string target) => target switch
    {
        "" => [],
        _ when target.Split('/').Any(part => part.Length > MaxName) => [], // what a script is told of a storage elsewhere
        ['/', ..] => [target],
        _ => [$"/dev/{target}", $"/{target}"],
    };

    /// <summary>Kept in memory by the kernel: no storage is asked.</summary>
    internal static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.Contains("/../", StringComparison.Ordinal);

    /// <summary>
    /// Asks about some at once. A mounted file system that answered nothing twice, and nothing else, is dead as a whole: with
    /// hundreds of guests on it nobody could wait for each.
    /// </summary>
    /// <param name="place">A path, to tell where it is mounted.</param>
    /// <param name="take">Keeps an answer; false where it was none.</param>
    /// <returns>Those that were not answered.</returns>
    private static List<T> Ask<T>(List<T> all, Func<T, string> place, Func<T, Question> ask, Func<T, (int? Code, string Text), bool> take)
    {
        var unanswered = new List<T>();
        if (all.Count == 0)
        {
            return unanswered;
        }

        var mounts = Mounts.Now();
        var (answered, silentOnce, silentTwice) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var some in all.Chunk(AtOnce))
        {
            var asked = some.Where(one => !IsDead(place(one))).Select(one => (One: one, Question: ask(one))).ToList();
            unanswered.AddRange(some.Except(asked.Select(question => question.One)));
            var watch = Stopwatch.StartNew();
            foreach (var (one, question) in asked)
            {
                var left = Waits.Storage - watch.Elapsed;
                var answer = question.Answer(left > TimeSpan.Zero ? left : TimeSpan.Zero);
                var mount = mounts.Of(place(one));
                if (take(one, answer))
                {
                    answered.Add(mount);
                    continue;
                }

                unanswered.Add(one);
                if (answer.Code is null && !silentOnce.Add(mount))
                {
                    silentTwice.Add(mount);
                }
            }
        }

        return unanswered;

        bool IsDead(string path) => mounts.Of(path) is not Mounts.Root and var mount && silentTwice.Contains(mount) && !answered.Contains(mount);
    }
}
