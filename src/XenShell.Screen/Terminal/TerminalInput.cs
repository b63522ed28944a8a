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

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] bytes = new byte[1024];
    private readonly char[] characters = new char[1024];
    private ConcurrentQueue<char>? queue;

    public CancellationTokenSource? ExternalCancellationTokenSource { get; set; }

    /// <summary>An escape came: alone it is the key, but the parser only knows after a moment.</summary>
    internal bool HasEscape { get; private set; }

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
            HasEscape |= character == Escape;
        }

        return true;
    }

    internal void EscapeIsSettled() => HasEscape = false;

    public void Dispose()
    {
    }
}
