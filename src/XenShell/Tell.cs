using System.Text;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell;

/// <summary>Lines for the user; a terminal or pipe that is gone is no error.</summary>
internal static class Tell
{
    internal static void Line(string line) => Write(Fd.Output, Fitted(Fd.Output, line) + "\n");

    internal static void Error(string line) => Write(Fd.Error, Fitted(Fd.Error, $"xen-shell: {line}") + "\n");

    internal static void Raw(string text) => Write(Fd.Output, text);

    // People read terminals; programs want lines as they are.
    private static string Fitted(Fd fd, string line) =>
        Terminal.IsTerminal(fd) ? Wrapped.At(line, Terminal.Size(fd).Columns - 1) : line;

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
