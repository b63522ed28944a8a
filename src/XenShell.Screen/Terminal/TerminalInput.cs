using System.Collections.Concurrent;
using System.Text;
using Terminal.Gui.Drivers;
using XenShell.Core.Native;

namespace XenShell.Screen.Terminal;

/// <summary>
/// Keys for Terminal.Gui. Its own input polls the terminal every 20 ms on a thread, which 200 idle
/// sessions would feel; here the one event loop reads when there is something.
/// </summary>
internal sealed class TerminalInput : IInput<char>
{
    private const char Escape = '\x1b';
    private const int EscapeTime = 60; // ms; Terminal.Gui's parser takes an escape for the key after 50

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] bytes = new byte[1024];
    private readonly char[] characters = new char[1024];
    private ConcurrentQueue<char>? queue;

    public CancellationTokenSource? ExternalCancellationTokenSource { get; set; }

    private long? settledAt;

    /// <summary>An escape came: alone it is the key, but the parser only knows in a round after so long. Null when none came.</summary>
    internal TimeSpan? UntilSettled => settledAt is { } at ? TimeSpan.FromMilliseconds(Math.Max(0, at - Environment.TickCount64)) : null;

    public void Initialize(ConcurrentQueue<char> inputQueue) => queue = inputQueue;

    // Terminal.Gui gives this a thread; there is nothing to do on it.
    public void Run(CancellationToken runCancellationToken)
    {
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>False at the end: the terminal is gone.</returns>
    internal bool Take()
    {
        var count = Fd.Input.Read(bytes);
        if (count <= 0)
        {
            return false;
        }

        var length = decoder.GetChars(bytes.AsSpan(0, count), characters, flush: false);
        foreach (var character in characters.AsSpan(0, length))
        {
            queue!.Enqueue(character);
            settledAt = character == Escape ? Environment.TickCount64 + EscapeTime : settledAt;
        }

        return true;
    }

    /// <summary>This round settles it, if it is time.</summary>
    internal void Settle() => settledAt = UntilSettled == TimeSpan.Zero ? null : settledAt;

    public void Dispose()
    {
    }
}
