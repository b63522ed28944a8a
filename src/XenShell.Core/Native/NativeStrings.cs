using System.Runtime.InteropServices;
using System.Text;

namespace XenShell.Core.Native;

/// <summary>A NULL-terminated array of C strings, for argv and environ.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly int count;

    /// <exception cref="ArgumentException">A string holds NUL, which would cut it silently.</exception>
    /// <param name="areBytes">A character a byte; otherwise text.</param>
    internal NativeStrings(IReadOnlyList<string> strings, bool areBytes = false)
    {
        foreach (var text in strings)
        {
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                throw new ArgumentException("a NUL in an argument");
            }
        }

        count = strings.Count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < count; i++)
        {
            Pointer[i] = areBytes ? Bytes(strings[i]) : (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }
    }

    internal byte** Pointer { get; }

    private static byte* Bytes(string text)
    {
        var bytes = (byte*)Marshal.AllocCoTaskMem(text.Length + 1);
        Encoding.Latin1.GetBytes(text, new Span<byte>(bytes, text.Length));
        bytes[text.Length] = 0;
        return bytes;
    }

    public void Dispose()
    {
        for (var i = 0; i < count; i++)
        {
            Marshal.FreeCoTaskMem((nint)Pointer[i]);
        }

        NativeMemory.Free(Pointer);
    }
}
