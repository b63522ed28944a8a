using XenShell.Core.Configuration;
using XenShell.Core.Files;
using XenShell.Core.Guests;
using XenShell.Core.Json;
using XenShell.Core.Limits;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Core.Consoles;

/// <summary>
/// xenconsoled appends to a log for as long as the guest's name is used. When none of its owners is left, the name
/// has a new life: what was logged before is nobody's. LogsFolder/GUEST remembers whose it was.
/// </summary>
public static class LogHandover
{
    private const string Turn = ".lock"; // no guest's name begins with a dot

    /// <summary>To be called before anything is shown of a log, and before anything new gets into it.</summary>
    /// <returns>The offset that the log begins at for the guest's people.</returns>
    public static long Begin(HostLayout layout, Settings settings, Guest guest)
    {
        var (now, before) = Look(layout, settings, guest);
        if (IsSame(now, before))
        {
            return now.Offset;
        }

        // Of two gates that see it at once, the second finds it done.
        Folders.Create(layout.LogsFolder);
        using var turn = FileSystem.OpenOrCreate($"{layout.LogsFolder}/{Turn}");
        turn.Lock();
        (now, before) = Look(layout, settings, guest);
        if (!IsSame(now, before))
        {
            AtomicFile.WriteToLast(PathOf(layout, guest.Name), now.Json());
        }

        return now.Offset;
    }

    /// <summary>Whose the guest was when somebody last booted it or looked at its log: what is on its disks is theirs.</summary>
    /// <returns>The present owners where that is not known.</returns>
    public static IReadOnlyList<string> LastOwners(HostLayout layout, Settings settings, Guest guest) =>
        Read(layout, guest.Name) is { Owners: { Count: > 0 } last } ? last : GuestOwners.Of(settings, guest);

    private static (LogHolding Now, LogHolding? Before) Look(HostLayout layout, Settings settings, Guest guest)
    {
        using var log = FileSystem.TryOpen($"{layout.ConsoleLogFolder}/guest-{guest.Name}.log");
        var (inode, size) = log?.Status() is { } status ? ((long)status.Inode, status.Size) : (0, 0);
        var before = Read(layout, guest.Name);
        return (Now(before, GuestOwners.Of(settings, guest), inode, size, () => log is not null && IsOlder(log, guest)), before);
    }

    private static LogHolding Now(LogHolding? before, string[] owners, long inode, long size, Func<bool> isOlderThanItsGuest)
    {
        if (before is null)
        {
            return new LogHolding(owners, inode, isOlderThanItsGuest() ? size : 0);
        }

        // A guest without owners is between two lives, or staff's: the next owners are to be compared with the last.
        if (owners.Length > 0 && before.Owners.Count > 0 && !owners.Intersect(before.Owners).Any())
        {
            return new LogHolding(owners, inode, size);
        }

        var isRotated = inode != before.Inode || size < before.Offset;
        return new LogHolding(owners.Length > 0 ? owners : before.Owners, inode, isRotated ? 0 : before.Offset);
    }

    private static bool IsOlder(Fd log, Guest guest)
    {
        using var file = FileSystem.TryOpen(guest.File);
        return file is not null && log.Status().Modified < file.Status().Modified;
    }

    private static LogHolding? Read(HostLayout layout, GuestName guest)
    {
        using var file = FileSystem.TryOpen(PathOf(layout, guest));
        return file is not null && file.ReadAll(Sizes.LogHolding) is { } bytes
            ? JsonText.Read(bytes, LogHolding.Of)
            : null;
    }

    private static bool IsSame(LogHolding one, LogHolding? other) =>
        other is not null && (one.Inode, one.Offset) == (other.Inode, other.Offset) && one.Owners.SequenceEqual(other.Owners);

    private static string PathOf(HostLayout layout, GuestName guest) => $"{layout.LogsFolder}/{guest}";
}
