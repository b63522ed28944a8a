using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Core.Locks;

/// <summary>
/// A flock on a file that its holder signs. The kernel gives the lock back if the holder dies; the file
/// stays, and its signature counts only while it is locked.
/// </summary>
internal static class SignedLock
{
    private const int MaxBytes = 4096;

    /// <summary>Signs a file that the caller has locked.</summary>
    internal static void Sign<T>(Fd file, T holder, JsonTypeInfo<T> type)
    {
        file.Truncate();
        file.WriteAll(JsonSerializer.SerializeToUtf8Bytes(holder, type));
    }

    /// <summary>Gives the lock back, without the signature: the next taker's rival must not read an old name.</summary>
    internal static void Release(Fd file)
    {
        file.Truncate();
        file.Dispose();
    }

    /// <summary>Who has locked the file, or null.</summary>
    /// <param name="type">Made only where there is something to read: that takes longer than the rest.</param>
    internal static T? Holder<T>(string path, Func<JsonTypeInfo<T>> type)
        where T : class
    {
        using var file = Folders.TryOpen(path);
        return file is null || file.TryShareLock() ? null : Read(file, type());
    }

    /// <summary>The signature in a file that somebody else has locked; null when there is none yet.</summary>
    internal static T? Read<T>(Fd file, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Folders.ReadAll(file, MaxBytes) is { } bytes ? JsonSerializer.Deserialize(bytes, type) : null;
        }
        catch (JsonException)
        {
            return null; // between its lock and its signature
        }
    }
}
