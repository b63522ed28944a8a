using System.Diagnostics;
using System.Text;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Gate;

/// <summary>
/// What the gate says. The other end belongs to the tenant and may read slowly, never or be gone: a
/// write waits no longer than a moment, and a lost one stops nothing. Nothing is said while a guest's
/// lock is held.
/// </summary>
internal static class Output
{
    // A tenant that stops reading must not hold up root; a slow line takes a screen of text in less.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // One answer, whatever it is made of: the longest log over the slowest line, 1 MB at 10 kB a second.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(100);

    private const int Piece = 16 << 10; // characters of a long answer that are written at a time

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private static readonly PatientWriter Standard = new(Fd.Output, Patience, Limit);
    private static readonly PatientWriter Complaints = new(Fd.Error, Patience, Limit);

    /// <summary>A line on standard output.</summary>
    internal static void Say(string line) => Standard.Write(Bytes(Fd.Output, line));

    /// <summary>A line on standard error.</summary>
    internal static void Complain(string line) => Complaints.Write(Bytes(Fd.Error, $"xen-shell: {line}"));

    /// <summary>The same for a reader that gets no time at all: whoever has no place here must not stay by reading slowly.</summary>
    internal static void ComplainBriefly(string line) => new PatientWriter(Fd.Error, Moment, Moment).Write(Bytes(Fd.Error, $"xen-shell: {line}"));

    /// <summary>Lines as they are, a guest's or for a raw terminal: one answer, of which never more than a piece is in memory.</summary>
    internal static void Quote(IEnumerable<string> lines)
    {
        var since = Stopwatch.StartNew();
        var piece = new StringBuilder();
        foreach (var line in lines)
        {
            piece.Append(line).Append('\n');
            if (piece.Length >= Piece)
            {
                Standard.Write(Encoding.UTF8.GetBytes(piece.ToString()), since);
                piece.Clear();
            }

            if (!IsHeard)
            {
                return;
            }
        }

        Standard.Write(Encoding.UTF8.GetBytes(piece.ToString()), since);
    }

    /// <summary>A document on standard output.</summary>
    internal static void Document(byte[] json) => Standard.Write([.. json, (byte)'\n']);

    private static byte[] Bytes(Fd fd, string line) => Encoding.UTF8.GetBytes(Wrapped.ToFit(fd, line) + "\n");

    /// <summary>False once the reader is gone or has stopped reading.</summary>
    internal static bool IsHeard => Standard.IsHeard;
}
