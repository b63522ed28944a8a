using System.IO.Compression;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Worker.Archives;

/// <summary>A tar archive of root's, plain or compressed by gzip; read as often as need be.</summary>
internal sealed class ArchiveSource(TrustedTree tree, string path)
{
    private static readonly byte[] Gzip = [0x1F, 0x8B];
    private static readonly (byte[] Magic, string Name)[] Others =
    [
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
        ("BZh"u8.ToArray(), "bzip2"),
    ];

    internal string Path => path;

    /// <summary>Reads it from the beginning.</summary>
    /// <param name="read">Gets the archive's bytes.</param>
    /// <param name="onRead">Told how much of the file is read, 0 to 1.</param>
    /// <exception cref="JobException">It is compressed in a way that we do not know.</exception>
    internal T Read<T>(Func<Stream, T> read, Action<double> onRead)
    {
        using var file = tree.OpenFile(path);
        var size = Math.Max(1, file.Status().Size);
        Span<byte> start = stackalloc byte[8];
        start = start[..Math.Max(0, file.ReadAt(start, 0))];
        foreach (var (magic, name) in Others)
        {
            if (start.StartsWith(magic))
            {
                throw new JobException($"the image's archive is compressed by {name}; plain ones and gzip are taken");
            }
        }

        using var bytes = new CountingStream(new FdStream(file), count => onRead((double)count / size));
        if (!start.StartsWith(Gzip))
        {
            return read(bytes);
        }

        using var plain = new GZipStream(bytes, CompressionMode.Decompress);
        return read(plain);
    }

    /// <summary>The same, where nothing comes of it.</summary>
    internal void Pass(Action<Stream> to, Action<double> onRead) => Read<object?>(
        bytes =>
        {
            to(bytes);
            return null;
        },
        onRead);
}
