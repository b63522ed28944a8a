using System.Text;
using XenShell.Core.Native;

namespace XenShell;

/// <summary>Lines for the user; a terminal or pipe that is gone is no error.</summary>
internal static class Tell
{
    internal static void Line(string line) => Write(Fd.Output, line + "\n");

    internal static void Error(string line) => Write(Fd.Error, $"xen-shell: {line}\n");

    internal static void Raw(string text) => Write(Fd.Output, text);

    private static void Write(Fd fd, string text)
    {
        try
        {
            fd.WriteAll(Encoding.UTF8.GetBytes(text));
        }
        catch (ErrnoException)
        {
            // nobody listens any more; the exit code still tells
        }
    }
}
