using XenShell.Core.Native;

namespace XenShell.Worker.Building;

/// <summary>Room on the host's own file system, which others need too: its logs, the records of jobs, the gate.</summary>
internal static class HostRoom
{
    /// <summary>One job at a time may take of it: two would each find the room that only one of them can have.</summary>
    /// <param name="bytes">Of the files' content.</param>
    /// <param name="entries">Files, folders and links.</param>
    /// <returns>The turn; to be kept for as long as the room is taken.</returns>
    /// <exception cref="JobException">It does not have that, and its reserve besides.</exception>
    internal static Fd Take(Site site, long bytes, long entries)
    {
        Folders.Create(site.Layout.RunFolder);
        var turn = FileSystem.OpenOrCreate($"{site.Layout.RunFolder}/unpack.lock");
        try
        {
            if (!turn.TryLock())
            {
                site.Progress.Rename("waiting for another job to unpack");
                while (!turn.TryLock())
                {
                    site.Progress.Look();
                    Poll.Pause(WorkerLimits.Look);
                }
            }

            Require(site.Store.FolderOf(site.Job.Id), bytes, entries);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    internal static void Require(string folder, long bytes, long entries)
    {
        if (FileSystem.Disk(folder).Free - WorkerLimits.HostReserve < bytes + (entries * WorkerLimits.EntryRoom))
        {
            throw new JobException("the host has no room to unpack the image; please ask the administrator");
        }
    }
}
