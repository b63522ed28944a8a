using System.Text.Json;
using XenShell.Core.Json;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Files;

/// <summary>
/// Records of root's own, FOLDER/NAME.json each, which nobody else can change. One is read by the rules of
/// <see cref="TrustedTree"/>, and replaced as a whole; a change is on the disk when it returns. Changes are made one after the
/// other, under the folder's lock.
/// </summary>
/// <param name="of">Reads one.</param>
/// <param name="isName">What a record may be called; never more than one component of a path.</param>
/// <param name="maxBytes">Of a record.</param>
/// <param name="maxRecords">Of the folder: whoever could add more would fill the disk.</param>
public sealed class RecordStore<T>(TrustedTree tree, string folder, Func<JsonElement, T> of, Func<string, bool> isName, int maxBytes, int maxRecords)
    where T : class, IJsonObject
{
    private const string Suffix = ".json";

    /// <summary>In ordinal order.</summary>
    /// <exception cref="IOException">Somebody else can change the folder.</exception>
    public IReadOnlyList<string> Names() => [.. Entries().Where(entry => entry.EndsWith(Suffix, StringComparison.Ordinal)).Select(entry => entry[..^Suffix.Length]).Where(isName)];

    /// <returns>Null where there is none.</returns>
    /// <exception cref="IOException">It is there, and cannot be read or believed.</exception>
    public T? Find(string name)
    {
        try
        {
            return JsonText.Read(tree.Read(PathOf(name), maxBytes).Bytes, of);
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new IOException($"{PathOf(name)}: {e.Message}");
        }
    }

    /// <summary>Makes, changes or removes a record.</summary>
    /// <param name="change">Gets what is there now, or null; what it returns stands there then, or nothing. When it throws, nothing is changed.</param>
    /// <returns>What <paramref name="change"/> returned.</returns>
    /// <exception cref="IOException">There is no room for it, or somebody keeps the lock.</exception>
    public T? Change(string name, Func<T?, T?> change)
    {
        var path = PathOf(name);
        Folders.Create(folder);
        using var turn = FileSystem.OpenOrCreate($"{folder}/.lock");
        if (!turn.TryLock(Waits.Records))
        {
            throw new IOException($"{folder}: somebody keeps its lock");
        }

        ClearHalfWritten();
        var before = Find(name);
        var after = change(before);
        if (after is not null)
        {
            Write(path, after, isNew: before is null);
        }
        else if (before is not null)
        {
            FileSystem.Remove(path);
            Folders.Sync(folder);
        }

        return after;
    }

    private void Write(string path, T record, bool isNew)
    {
        var bytes = record.Json();
        if (bytes.Length > maxBytes || (isNew && Names().Count >= maxRecords))
        {
            throw new IOException($"{path}: {(bytes.Length > maxBytes ? $"is larger than {maxBytes} bytes" : $"there are {maxRecords} already")}");
        }

        AtomicFile.WriteToLast(path, bytes);
    }

    // Whoever writes has the lock: what stands beside a record was left by one that was ended.
    private void ClearHalfWritten()
    {
        foreach (var entry in Entries().Where(entry => entry.Contains($"{Suffix}.", StringComparison.Ordinal)))
        {
            FileSystem.Remove($"{folder}/{entry}");
        }
    }

    private IReadOnlyList<string> Entries()
    {
        try
        {
            return tree.Names(folder);
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            return [];
        }
    }

    private string PathOf(string name) =>
        isName(name) && !name.Contains('/') && !name.StartsWith('.') ? $"{folder}/{name}{Suffix}" : throw new ArgumentException("no name of a record", nameof(name));
}
