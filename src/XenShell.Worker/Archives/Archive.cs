using System.Formats.Tar;
using XenShell.Worker.Systems;

namespace XenShell.Worker.Archives;

/// <summary>What an archive of a whole system holds, and that it is whole: looked at before a byte of it is used.</summary>
/// <param name="End">Bytes before the marker that ends it; what is to be added stands there.</param>
/// <param name="Bytes">Of its files' content.</param>
/// <param name="Paths">Of all that it has, "etc/hostname".</param>
/// <param name="Files">Those that are changed.</param>
internal sealed record Archive(long End, long Bytes, IReadOnlySet<string> Paths, IReadOnlyDictionary<string, SystemFile> Files) : IBaseSystem
{
    private const int Block = 512;

    /// <param name="isChanged">Whether a file's content is wanted.</param>
    /// <exception cref="JobException">It is cut short, or no archive.</exception>
    internal static Archive Look(Stream from, Func<string, bool> isChanged)
    {
        var bytes = new CountingStream(from);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var files = new Dictionary<string, SystemFile>(StringComparer.Ordinal);
        long content = 0;
        try
        {
            // One that ends between two of its files has no marker there, which tar(1) does not mind, and the reader does.
            using var reader = new TarReader(bytes, leaveOpen: true);
            while (reader.GetNextEntry() is { } entry)
            {
                var path = Plain(entry.Name);
                paths.Add(path);
                content += entry.Length;
                if (isChanged(path) && entry.DataStream is { } data && entry.Length <= WorkerLimits.ChangedFile)
                {
                    var copy = new MemoryStream();
                    data.CopyTo(copy);
                    files[path] = new SystemFile(path, entry.Mode, copy.ToArray()) { Group = entry.Gid };
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            throw new JobException("the image's archive is damaged or cut short, or no tar archive");
        }

        return paths.Count > 0 ? new Archive(bytes.Count - Block, content, paths, files) : throw new JobException("the image's archive is empty");
    }

    public bool Has(string path) => Paths.Contains(path);

    public SystemFile? Read(string path) => Files.GetValueOrDefault(path);

    private static string Plain(string name)
    {
        var path = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        return path.Trim('/');
    }
}
