using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Worker.Building;

/// <summary>
/// A program's own mounts: what it leaves mounted goes with it, where what root unmounts meanwhile is unmounted for it as well.
/// That takes systemd, whose mounts are shared. Elsewhere a copy would keep in use what root has let go of.
/// </summary>
internal static class OwnMounts
{
    private const string Unshare = "/usr/bin/unshare";

    /// <summary>Whether a program can have them here.</summary>
    internal static bool CanBe(HostLayout layout) => ThisProcess.EffectiveUid == 0 && layout.RunsSystemd;

    /// <returns>What to run in its place.</returns>
    internal static IReadOnlyList<string> Around(params IReadOnlyList<string> command) => [Unshare, "--mount", "--propagation=slave", "--", .. command];
}
