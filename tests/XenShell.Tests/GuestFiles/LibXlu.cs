using System.Runtime.InteropServices;
using System.Text;

namespace XenShell.Tests.GuestFiles;

/// <summary>The real libxlutil of Xen 4.17 (Debian: libxenmisc4.17), which xl reads guests' files with.</summary>
internal sealed partial class LibXlu : IDisposable
{
    private const string Library = "libxlutil.so.4.17", Libxl = "libxenlight.so.4.17";

    private readonly nint config;

    private LibXlu(nint config) => this.config = config;

    internal static bool IsThere => NativeLibrary.TryLoad(Library, out _);

    /// <summary>Null when libxlu refuses the bytes.</summary>
    internal static LibXlu? Parse(byte[] bytes)
    {
        var config = xlu_cfg_init(Report, "test");
        if (xlu_cfg_readdata(config, bytes, bytes.Length) == 0)
        {
            return new LibXlu(config);
        }

        xlu_cfg_destroy(config);
        return null;
    }

    internal string? GetString(string key) => xlu_cfg_get_string(config, key, out var value, 1) == 0 ? Text(value) : null;

    internal long? GetLong(string key) => xlu_cfg_get_long(config, key, out var value, 1) == 0 ? value : null;

    /// <summary>Null when it is no list; an item that is a list is null.</summary>
    internal List<string?>? GetList(string key)
    {
        if (xlu_cfg_get_list(config, key, out var list, out var count, 1) != 0)
        {
            return null;
        }

        return [.. Enumerable.Range(0, count).Select(i => xlu_cfg_get_listitem(list, i)).Select(item => item == 0 ? null : Text(item))];
    }

    /// <summary>A line of "disk"; null for one that it refuses.</summary>
    internal static (string? Target, string? Device, bool IsWritable, string? Backend)? Disk(string line)
    {
        var config = xlu_cfg_init(Report, "test");
        var disk = Marshal.AllocHGlobal(512); // libxl_device_disk has less than half of it
        try
        {
            libxl_device_disk_init(disk);
            return xlu_disk_parse(config, 1, [line], disk) == 0
                ? (Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(disk, 16)), Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(disk, 24)), Marshal.ReadInt32(disk, 52) != 0, Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(disk, 8)))
                : null;
        }
        finally
        {
            Marshal.FreeHGlobal(disk);
            xlu_cfg_destroy(config);
        }
    }

    public void Dispose() => xlu_cfg_destroy(config);

    private static nint Report { get; } = fopen("/dev/null", "w");

    private static string Text(nint pointer)
    {
        var length = 0;
        while (Marshal.ReadByte(pointer, length) != 0)
        {
            length++;
        }

        var bytes = new byte[length];
        Marshal.Copy(pointer, bytes, 0, length);
        return Encoding.Latin1.GetString(bytes);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint fopen(string path, string mode);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint xlu_cfg_init(nint report, string source);

    [LibraryImport(Library)]
    private static partial int xlu_cfg_readdata(nint config, byte[] data, int length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int xlu_disk_parse(nint config, int count, string[] lines, nint disk);

    [LibraryImport(Libxl)]
    private static partial void libxl_device_disk_init(nint disk);

    [LibraryImport(Library)]
    private static partial void xlu_cfg_destroy(nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int xlu_cfg_get_string(nint config, string name, out nint value, int dontWarn);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int xlu_cfg_get_long(nint config, string name, out long value, int dontWarn);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int xlu_cfg_get_list(nint config, string name, out nint list, out int entries, int dontWarn);

    [LibraryImport(Library)]
    private static partial nint xlu_cfg_get_listitem(nint list, int entry);
}
