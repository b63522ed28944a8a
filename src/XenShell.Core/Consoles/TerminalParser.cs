namespace XenShell.Core.Consoles;

/// <summary>
/// What a terminal makes of the bytes it gets: the state machine of DEC's VT500 series, by Paul Williams' diagram
/// (vt100.net/emu/dec_ansi_parser), without the eight-bit controls, whose bytes are UTF-8's. In one point it is kinder
/// than a terminal: a string without an end (OSC, DCS, SOS, PM, APC) ends with its line.
/// </summary>
internal abstract class TerminalParser
{
    private const int MaxParameters = 64; // characters; longer than any sequence that is let through

    private static readonly (Action Do, State Next)[][] Table = TerminalTable.Build();

    private readonly List<byte> parameters = [];
    private readonly List<byte> intermediates = [];
    private State state;

    internal enum State
    {
        Ground,
        Escape,
        EscapeIntermediate,
        ControlEntry,
        ControlParameter,
        ControlIntermediate,
        ControlIgnore,
        String,
    }

    internal enum Action
    {
        Ignore,
        Print,
        Execute,
        Collect,
        Parameter,
        DispatchEscape,
        DispatchControl,
    }

    internal void Feed(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            var (action, next) = Table[(int)state][b];
            if (next != state && next is State.Escape or State.ControlEntry)
            {
                parameters.Clear();
                intermediates.Clear();
            }

            Do(action, b);
            state = next;
        }
    }

    /// <summary>A byte of text: ASCII, or a part of UTF-8.</summary>
    protected abstract void Print(byte b);

    /// <summary>A control character, also in the middle of a sequence.</summary>
    protected abstract void Execute(byte b);

    /// <summary>ESC, intermediates, a final byte.</summary>
    protected abstract void DispatchEscape(ReadOnlySpan<byte> intermediates, char final);

    /// <summary>CSI, parameters with their private mark, intermediates, a final byte.</summary>
    protected abstract void DispatchControl(ReadOnlySpan<byte> parameters, ReadOnlySpan<byte> intermediates, char final);

    private void Do(Action action, byte b)
    {
        switch (action)
        {
            case Action.Print:
                Print(b);
                break;
            case Action.Execute:
                Execute(b);
                break;
            case Action.Collect when intermediates.Count < MaxParameters:
                intermediates.Add(b);
                break;
            case Action.Parameter when parameters.Count <= MaxParameters:
                parameters.Add(b);
                break;
            case Action.DispatchEscape:
                DispatchEscape(Bytes(intermediates), (char)b);
                break;
            case Action.DispatchControl when parameters.Count <= MaxParameters:
                DispatchControl(Bytes(parameters), Bytes(intermediates), (char)b);
                break;
        }
    }

    private static Span<byte> Bytes(List<byte> list) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list);
}
