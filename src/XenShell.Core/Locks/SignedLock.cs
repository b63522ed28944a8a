using System.Text.Json;
using XenShell.Core.Json;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Locks;

/// <summary>
/// A flock on a file that its holder signs. The kernel gives the lock back if the holder dies; the file
/// stays, and its signature counts only while it is locked.
/// </summary>
internal static class SignedLock
{
    /// <summary>Signs a file that the caller has locked.</summary>
    internal static void Sign(Fd file, IJsonObject holder)
    {
        file.Truncate();
        file.WriteAll(holder.Json());
    }

    /// <summary>Gives the lock back, without the signature: the next taker's rival must not read an old name.</summary>
    internal static void Release(Fd file)
    {
        file.Truncate();
        file.Dispose();
    }

    /// <summary>Who has locked the file, or null.</summary>
    internal static T? Holder<T>(string path, Func<JsonElement, T> of)
        where T : class
    {
        using var file = FileSystem.TryOpen(path);
        return file is null || file.TryShareLock() ? null : Read(file, of);
    }

    /// <summary>The signature in a file that somebody else has locked; null when there is none yet.</summary>
    internal static T? Read<T>(Fd file, Func<JsonElement, T> of)
        where T : class
    {
        try
        {
            return file.ReadAll(Sizes.SignedLock) is { } bytes ? JsonText.Read(bytes, of) : null;
        }
        catch (JsonException)
        {
            return null; // between its lock and its signature
        }
    }
}
