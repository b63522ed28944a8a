using XenShell.Core.Native;

namespace XenShell.Core.Files;

/// <summary>
/// Reads files that only one owner (root) can have changed.
///
/// 1. Every folder from the tree's top to the file MUST belong to the owner and be writable by nobody else.
/// 2. A symbolic link MUST stand in such a folder; its target is walked by the same rules.
/// 3. The file MUST be regular, the owner's, and writable by nobody else.
/// 4. Each component is opened once, without following links and without waiting (FIFOs), and judged by
///    its descriptor; the bytes come from that same descriptor.
/// 5. "Missing" MUST mean that the path itself has no entry. A link that leads nowhere is a slip or an
///    attack, and whoever takes defaults for a missing file must not take them for that.
/// </summary>
/// <param name="Top">"/" on an installed host; rules begin below it.</param>
/// <param name="Owner">uid; 0 on an installed host.</param>
public sealed record TrustedTree(string Top, uint Owner)
{
    private const int MaxLinks = 16; // deeper chains are a loop or a joke

    /// <exception cref="UntrustedFileException">A rule above is broken, or the file is larger than the limit.</exception>
    /// <exception cref="ErrnoException">Not there (rule 5), unreadable, …</exception>
    public TrustedFile Read(string path, int limit)
    {
        var (file, real) = Open(path, OpenFor.Reading);
        using (file)
        {
            var status = file.Status();
            if (!status.IsRegular)
            {
                throw new UntrustedFileException(path, "is not a regular file");
            }

            Judge(path, status);
            var bytes = file.ReadAll(limit)
                ?? throw new UntrustedFileException(path, $"is larger than {limit} bytes");
            return new TrustedFile(real, FileStamp.Of(status), bytes);
        }
    }

    /// <summary>A file that the rules hold for, open for reading from its beginning.</summary>
    public Fd OpenFile(string path)
    {
        var (file, _) = Open(path, OpenFor.Reading);
        try
        {
            var status = file.Status();
            Judge(path, status);
            return status.IsRegular ? file : throw new UntrustedFileException(path, "is not a regular file");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Names in a folder that keeps rule 1, in ordinal order.</summary>
    public IReadOnlyList<string> Names(string folder)
    {
        using var opened = OpenFolder(folder);
        return opened.Names();
    }

    /// <summary>A folder that keeps rule 1.</summary>
    public TrustedFolder OpenFolder(string path)
    {
        var (opened, real) = Open(path, OpenFor.LookingIntoFolder);
        try
        {
            Judge(path, opened.Status());
            return new TrustedFolder(opened, real, Owner);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The stamp of what the path leads to by the rules; null where it does not.</summary>
    public FileStamp? TryStamp(string path)
    {
        try
        {
            var (file, _) = Open(path, OpenFor.Looking);
            using (file)
            {
                return FileStamp.Of(file.Status());
            }
        }
        catch (IOException e) when (e is not ErrnoException { IsExhaustion: true })
        {
            return null; // whoever reads it learns why
        }
    }

    /// <summary>A program that root may start: rules 1 to 3, and executable.</summary>
    public void RequireProgram(string path) => Require(path, "is not a program", status => status.IsRegular && status.OwnerCanExecute);

    /// <summary>A file that the rules hold for, to be read later.</summary>
    public void RequireFile(string path) => Require(path, "is not a file", status => status.IsRegular);

    /// <summary>A file or folder that the rules hold for; its content is not looked at.</summary>
    /// <returns>Its path without links.</returns>
    public string RequireUnchangeable(string path)
    {
        var (file, real) = Open(path, OpenFor.Looking);
        using (file)
        {
            Judge(path, file.Status());
            return real;
        }
    }

    private void Require(string path, string problem, Func<FileStatus, bool> isThat)
    {
        var (file, _) = Open(path, OpenFor.Looking);
        using (file)
        {
            var status = file.Status();
            Judge(path, status);
            if (!isThat(status))
            {
                throw new UntrustedFileException(path, problem);
            }
        }
    }

    private (Fd File, string RealPath) Open(string path, OpenFor use)
    {
        var links = 0;
        try
        {
            return Walk(path, use, ref links);
        }
        catch (ErrnoException e) when (e.IsMissing && links > 0)
        {
            throw new UntrustedFileException(path, "a symbolic link leads nowhere");
        }
    }

    private (Fd File, string RealPath) Walk(string path, OpenFor use, ref int links)
    {
        var pending = new Stack<string>();
        Push(pending, BelowTop(path));
        var walked = new List<(string Name, Fd Folder)>();
        var top = FileSystem.Open(Top, OpenFor.LookingIntoFolder);
        try
        {
            Judge(Top, top.Status());
            while (true)
            {
                var name = pending.Count > 0 ? pending.Pop() : throw new UntrustedFileException(path, "is the top folder");
                var folder = walked.Count > 0 ? walked[^1].Folder : top;
                if (name == "..")
                {
                    Leave(walked);
                    continue;
                }

                var entry = FileSystem.OpenAt(folder, name, OpenFor.Looking);
                walked.Add((name, entry));
                var status = entry.Status();
                if (status.Kind == FileKind.Link)
                {
                    if (++links > MaxLinks)
                    {
                        throw new UntrustedFileException(path, "too many symbolic links");
                    }

                    Leave(walked);
                    FollowLink(FileSystem.ReadLinkAt(folder, name), pending, walked);
                    continue;
                }

                if (pending.Count == 0)
                {
                    var opened = FileSystem.OpenAt(folder, name, use);
                    return (opened, $"{Top.TrimEnd('/')}/{string.Join('/', walked.Select(step => step.Name))}");
                }

                if (status.Kind != FileKind.Folder)
                {
                    throw ErrnoException.NoFolder($"open {path}");
                }

                Judge(path, status);
            }
        }
        finally
        {
            walked.ForEach(step => step.Folder.Dispose());
            top.Dispose();
        }
    }

    private static void Leave(List<(string Name, Fd Folder)> walked)
    {
        if (walked.Count > 0)
        {
            walked[^1].Folder.Dispose();
            walked.RemoveAt(walked.Count - 1);
        }
    }

    private void FollowLink(string target, Stack<string> pending, List<(string Name, Fd Folder)> walked)
    {
        if (target.StartsWith('/'))
        {
            walked.ForEach(step => step.Folder.Dispose());
            walked.Clear();
            target = BelowTop(target);
        }

        Push(pending, target);
    }

    private string BelowTop(string path)
    {
        var top = Top.TrimEnd('/') + "/";
        return path.StartsWith(top, StringComparison.Ordinal)
            ? path[top.Length..]
            : throw new UntrustedFileException(path, $"is not below {Top}");
    }

    private static void Push(Stack<string> pending, string path)
    {
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (name != ".")
            {
                pending.Push(name);
            }
        }
    }

    private void Judge(string path, FileStatus status)
    {
        if (status.Owner != Owner)
        {
            throw new UntrustedFileException(path, $"it or a folder above belongs to uid {status.Owner}, not {Owner}");
        }

        if (status.OthersCanWrite)
        {
            throw new UntrustedFileException(path, "it or a folder above can be written by others");
        }
    }
}
