using System.Diagnostics;
using System.Globalization;
using System.Text;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>
/// What targets are at this moment. A stat(2) that waits for a dead storage can be ended by nobody, and one guest's storage
/// must not keep the others from booting: who is asked about a path outside of /dev is a program that can be left behind.
/// </summary>
public sealed class TargetLook
{
    private const string Stat = "/usr/bin/stat";
    private const int AtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3); // a storage that is alive answers in milliseconds, and a busy one in tenths
    private static readonly TimeSpan EndTime = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, DiskIdentity?> answers = new(StringComparer.Ordinal);
    private readonly List<string> silent = [];

    private TargetLook()
    {
    }

    /// <summary>Those that did not answer.</summary>
    public IReadOnlyList<string> Silent => silent;

    /// <param name="targets">A character a byte.</param>
    public static TargetLook At(IEnumerable<string> targets)
    {
        var look = new TargetLook();
        var all = targets.Distinct(StringComparer.Ordinal).ToList();
        foreach (var target in all.Where(IsDevice))
        {
            look.answers.Add(target, DiskIdentity.Of(target));
        }

        foreach (var some in all.Where(target => !IsDevice(target)).Chunk(AtOnce))
        {
            look.Ask(some);
        }

        return look;
    }

    /// <returns>Null for nothing that a disk could be, and for what did not answer.</returns>
    public DiskIdentity? Of(string target) => answers.GetValueOrDefault(target);

    // Kept in memory by the kernel.
    private static bool IsDevice(string target) =>
        DiskIdentity.PathOf(target) is var path && path.StartsWith("/dev/", StringComparison.Ordinal) && !path.Contains("/../", StringComparison.Ordinal);

    private void Ask(string[] targets)
    {
        var asked = targets.Select(target => (Target: target, Question: new Question(target))).ToList();
        var watch = Stopwatch.StartNew();
        foreach (var (target, question) in asked)
        {
            var left = Patience - watch.Elapsed;
            if (question.TryAnswer(left > TimeSpan.Zero ? left : TimeSpan.Zero, out var status))
            {
                answers.Add(target, DiskIdentity.Of(target, status));
            }
            else
            {
                silent.Add(target);
            }
        }
    }

    private sealed class Question
    {
        private readonly ChildProcess child;
        private readonly Fd output;

        internal Question(string target)
        {
            (output, var write) = Fd.Pipe();
            using (write)
            {
                try
                {
                    child = ChildProcess.Start(new SpawnRequest(Stat, [Stat, "--dereference", "--printf=%f %d %i %t %T", "--", target], [])
                    {
                        Output = write,
                        NewSession = true,
                        HasByteArguments = true,
                    });
                }
                catch
                {
                    output.Dispose();
                    throw;
                }
            }
        }

        /// <param name="status">Null where there is no such entry.</param>
        internal bool TryAnswer(TimeSpan within, out FileStatus? status)
        {
            using (output)
            {
                var code = child.Wait(within);
                status = code == 0 ? Read(Encoding.ASCII.GetString(output.ReadAll(limit: 200) ?? [])) : null;
                if (child.TryKill(EndTime))
                {
                    child.Dispose();
                }

                return code is not null;
            }
        }

        // mode, device and the device's own numbers are hexadecimal but for %d
        private static FileStatus Read(string text)
        {
            var words = text.Split(' ');
            var mode = uint.Parse(words[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var own = DeviceNumber.Parse($"{words[3]}:{words[4]}", NumberStyles.AllowHexSpecifier) ?? 0;
            return new FileStatus(ulong.Parse(words[1], CultureInfo.InvariantCulture), ulong.Parse(words[2], CultureInfo.InvariantCulture), mode, Owner: 0, own, Size: 0, Taken: 0, Modified: 0, Changed: 0);
        }
    }
}
