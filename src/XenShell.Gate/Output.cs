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
internal sealed class Output(Fd standard, Fd error)
{
    private readonly PatientWriter answers = new(standard, GateLimits.Reader, GateLimits.Answer);
    private readonly PatientWriter complaints = new(error, GateLimits.Reader, GateLimits.Answer);

    /// <summary>The caller's own descriptors, for a program that is to talk to them itself.</summary>
    internal Fd Standard => standard;

    internal Fd Error => error;

    /// <summary>A line on standard output.</summary>
    internal void Say(string line) => answers.Write(Bytes(standard, line));

    /// <summary>A line on standard error.</summary>
    internal void Complain(string line) => complaints.Write(Bytes(error, $"xen-shell: {line}"));

    /// <summary>The same for a reader that gets no time at all: whoever has no place here must not stay by reading slowly.</summary>
    internal void ComplainBriefly(string line) => new PatientWriter(error, GateLimits.Brief, GateLimits.Brief).Write(Bytes(error, $"xen-shell: {line}"));

    /// <summary>Lines as they are, a guest's or for a raw terminal: one answer, of which never more than a piece is in memory.</summary>
    internal void Quote(IEnumerable<string> lines)
    {
        var since = Stopwatch.StartNew();
        var piece = new StringBuilder();
        foreach (var line in lines)
        {
            piece.Append(line).Append('\n');
            if (piece.Length >= GateLimits.Piece)
            {
                answers.Write(Encoding.UTF8.GetBytes(piece.ToString()), since);
                piece.Clear();
            }

            if (!IsHeard)
            {
                return;
            }
        }

        answers.Write(Encoding.UTF8.GetBytes(piece.ToString()), since);
    }

    /// <summary>A document on standard output.</summary>
    internal void Document(byte[] json) => answers.Write([.. json, (byte)'\n']);

    private static byte[] Bytes(Fd fd, string line) => Encoding.UTF8.GetBytes(Wrapped.ToFit(fd, line) + "\n");

    /// <summary>False once the reader is gone or has stopped reading.</summary>
    internal bool IsHeard => answers.IsHeard;
}
