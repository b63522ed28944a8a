using System.Runtime.InteropServices;

namespace XenShell.Core.Native;

/// <summary>A NULL-terminated array of C strings, for argv and environ.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly int count;

    /// <exception cref="ArgumentException">A string holds NUL, which would cut it silently.</exception>
    internal NativeStrings(IReadOnlyList<string> strings)
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
            Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }
    }

    internal byte** Pointer { get; }

    public void Dispose()
    {
        for (var i = 0; i < count; i++)
        {
            Marshal.FreeCoTaskMem((nint)Pointer[i]);
        }

        NativeMemory.Free(Pointer);
    }
}
