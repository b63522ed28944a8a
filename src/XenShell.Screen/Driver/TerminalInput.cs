using System.Collections.Concurrent;
using System.Text;
using Terminal.Gui.Drivers;
using XenShell.Core.Native;

namespace XenShell.Screen.Driver;

/// <summary>
/// Keys for Terminal.Gui. Its own input polls the terminal every 20 ms on a thread, which 200 idle
/// sessions would feel; here the one event loop reads when there is something.
/// </summary>
internal sealed class TerminalInput : IInput<char>
{
    private const char Escape = '\x1b';
    private const int EscapeTime = 60; // ms; Terminal.Gui's parser takes an escape for the key after 50

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly KeySequences sequences = new();
    private readonly byte[] bytes = new byte[1024];
    private readonly char[] characters = new char[Encoding.UTF8.GetMaxCharCount(1024)]; // with half a character from the read before
    private ConcurrentQueue<char>? queue;
    private long? settledAt;

    public CancellationTokenSource? ExternalCancellationTokenSource { get; set; }

    /// <summary>Something came whose meaning only time tells: an escape that is alone is the key, but the parser only knows in a round after so long. Null when nothing did.</summary>
    internal TimeSpan? UntilSettled =>
        EventLoop.Sooner(Until(settledAt), Until(sequences.Due));

    private static TimeSpan? Until(long? moment) =>
        moment is { } at ? TimeSpan.FromMilliseconds(Math.Max(0, at - Environment.TickCount64)) : null;

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
        sequences.Take(characters.AsSpan(0, length), Environment.TickCount64, Enqueue);
        return true;
    }

    /// <summary>This round settles it, if it is time.</summary>
    internal void Settle()
    {
        settledAt = Until(settledAt) == TimeSpan.Zero ? null : settledAt;
        sequences.Tick(Environment.TickCount64, Enqueue);
    }

    private void Enqueue(char character)
    {
        queue!.Enqueue(character);
        settledAt = character == Escape ? Environment.TickCount64 + EscapeTime : settledAt;
    }

    public void Dispose()
    {
    }
}
