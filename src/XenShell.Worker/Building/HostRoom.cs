using XenShell.Core.Native;

namespace XenShell.Worker.Building;

/// <summary>Room on the host's own file system, which others need too: its logs, the records of jobs, the gate.</summary>
internal static class HostRoom
{
    /// <param name="folder">Where files are to be put.</param>
    /// <param name="bytes">Of their content.</param>
    /// <param name="entries">Files, folders and links.</param>
    /// <exception cref="JobException">It does not have that, and its reserve besides.</exception>
    internal static void Require(string folder, long bytes, long entries)
    {
        if (FileSystem.Disk(folder).Free - WorkerLimits.HostReserve < bytes + (entries * WorkerLimits.EntryRoom))
        {
            throw new JobException("the host has no room to unpack the image; please ask the administrator");
        }
    }
}
