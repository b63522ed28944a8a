using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// How many gates one tenant may have running: a place is a flock on RunFolder/callers/UID.N, which the
/// kernel gives back whatever becomes of the gate. Each costs the host a few megabytes of root's memory.
/// </summary>
internal static class CallerPlaces
{
    /// <exception cref="GateRefusal">All places are taken.</exception>
    internal static IDisposable Enter(HostLayout layout, uint uid)
    {
        Folders.Create($"{layout.RunFolder}/callers");
        for (var place = 0; place < GateLimits.Places; place++)
        {
            var file = FileSystem.OpenOrCreate($"{layout.RunFolder}/callers/{uid}.{place}");
            if (file.TryLock())
            {
                return file;
            }

            file.Dispose();
        }

        throw new GateRefusal(ExitCode.Busy, "too many of your commands are at work; close some sessions and try again", $"{GateLimits.Places} gates of this caller are running")
        {
            IsBrief = true,
        };
    }
}
