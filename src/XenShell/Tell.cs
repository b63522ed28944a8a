using System.Text;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell;

/// <summary>Lines for the user.</summary>
internal static class Tell
{
    /// <summary>False once standard output has taken less than it was given: then nothing was well done.</summary>
    internal static bool IsHeard { get; private set; } = true;

    internal static void Line(string line) => Write(Fd.Output, Wrapped.ToFit(Fd.Output, line) + "\n");

    internal static void Error(string line) => Write(Fd.Error, Wrapped.ToFit(Fd.Error, $"xen-shell: {line}") + "\n");

    internal static void Raw(string text) => Write(Fd.Output, text);

    private static void Write(Fd fd, string text)
    {
        try
        {
            fd.WriteAll(Encoding.UTF8.GetBytes(text));
        }
        catch (ErrnoException e)
        {
            var isFirst = IsHeard && fd == Fd.Output;
            IsHeard &= fd != Fd.Output;
            if (isFirst && !e.IsGoneReader)
            {
                Error($"not all could be written: {e.Message}");
            }
        }
    }
}
