using System.Text;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Tenant;

/// <summary>Lines for the user. A terminal that takes nothing is waited for as long as nobody tells us to end, and somebody may be there.</summary>
public static class Tell
{
    private static readonly TerminalWriter Output = new(Fd.Output), Errors = new(Fd.Error);

    /// <summary>How long a terminal may stand still: until idle_timeout is up.</summary>
    public static Func<TimeSpan> Patience { get; set; } = () => Timeout.InfiniteTimeSpan;

    /// <summary>False once standard output has taken less than it was given: then nothing was well done.</summary>
    public static bool IsHeard { get; private set; } = true;

    public static void Line(string line) => Write(Fd.Output, Wrapped.ToFit(Fd.Output, line) + "\n");

    public static void Error(string line) => Write(Fd.Error, Wrapped.ToFit(Fd.Error, $"xen-shell: {line}") + "\n");

    public static void Raw(string text) => Write(Fd.Output, text);

    public static void Raw(ReadOnlySpan<byte> bytes) => Write(Fd.Output, bytes);

    private static void Write(Fd fd, string text) => Write(fd, Encoding.UTF8.GetBytes(text));

    private static void Write(Fd fd, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (Terminal.IsTerminal(fd))
            {
                WriteTo(fd, bytes);
            }
            else
            {
                fd.WriteAll(bytes);
            }
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

    private static void WriteTo(Fd terminal, ReadOnlySpan<byte> bytes)
    {
        var writer = terminal == Fd.Output ? Output : Errors;
        var poll = new Poll();
        while (true)
        {
            bytes = bytes[writer.WriteSome(bytes)..];
            if (bytes.IsEmpty)
            {
                return;
            }

            poll.Clear();
            poll.Add(terminal, reading: false, writing: true);
            var ending = poll.Add(Wakeup.Ending, reading: true);
            if (!poll.Wait(Patience()) || poll.Readable(ending))
            {
                IsHeard = false; // whoever called goes on, and its own loop ends it
                return;
            }
        }
    }
}
