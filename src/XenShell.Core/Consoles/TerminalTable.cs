using static XenShell.Core.Consoles.TerminalParser.Action;
using static XenShell.Core.Consoles.TerminalParser.State;
using Action = XenShell.Core.Consoles.TerminalParser.Action;
using State = XenShell.Core.Consoles.TerminalParser.State;

namespace XenShell.Core.Consoles;

/// <summary>The transitions of <see cref="TerminalParser"/>: for each state, ranges of bytes with what they do and where they lead.</summary>
internal static class TerminalTable
{
    // Later rows of a state win.
    private static readonly (State In, byte First, byte Last, Action Do, State Next)[] Rows =
    [
        (Ground, 0x00, 0x1F, Execute, Ground),
        (Ground, 0x20, 0x7E, Print, Ground),
        (Ground, 0x80, 0xFF, Print, Ground),

        (Escape, 0x00, 0x1F, Execute, Escape),
        (Escape, 0x20, 0x2F, Collect, EscapeIntermediate),
        (Escape, 0x30, 0x7E, DispatchEscape, Ground),
        (Escape, (byte)'[', (byte)'[', Ignore, ControlEntry),
        (Escape, (byte)'P', (byte)'P', Ignore, State.String),
        (Escape, (byte)'X', (byte)'X', Ignore, State.String),
        (Escape, (byte)']', (byte)'_', Ignore, State.String),

        (EscapeIntermediate, 0x00, 0x1F, Execute, EscapeIntermediate),
        (EscapeIntermediate, 0x20, 0x2F, Collect, EscapeIntermediate),
        (EscapeIntermediate, 0x30, 0x7E, DispatchEscape, Ground),

        (ControlEntry, 0x00, 0x1F, Execute, ControlEntry),
        (ControlEntry, 0x20, 0x2F, Collect, ControlIntermediate),
        (ControlEntry, 0x30, 0x3F, Parameter, ControlParameter),
        (ControlEntry, 0x40, 0x7E, DispatchControl, Ground),

        (ControlParameter, 0x00, 0x1F, Execute, ControlParameter),
        (ControlParameter, 0x20, 0x2F, Collect, ControlIntermediate),
        (ControlParameter, 0x30, 0x3B, Parameter, ControlParameter),
        (ControlParameter, 0x3C, 0x3F, Ignore, ControlIgnore), // a private mark stands in front only
        (ControlParameter, 0x40, 0x7E, DispatchControl, Ground),

        (ControlIntermediate, 0x00, 0x1F, Execute, ControlIntermediate),
        (ControlIntermediate, 0x20, 0x2F, Collect, ControlIntermediate),
        (ControlIntermediate, 0x30, 0x3F, Ignore, ControlIgnore),
        (ControlIntermediate, 0x40, 0x7E, DispatchControl, Ground),

        (ControlIgnore, 0x00, 0x1F, Execute, ControlIgnore),
        (ControlIgnore, 0x40, 0x7E, Ignore, Ground),

        (State.String, 0x07, 0x07, Ignore, Ground), // xterm's end of an OSC
        (State.String, 0x0A, 0x0A, Execute, Ground),
        (State.String, 0x0D, 0x0D, Execute, Ground),
    ];

    internal static (Action Do, State Next)[][] Build()
    {
        var table = Enum.GetValues<State>().Select(state => Enumerable.Repeat((Ignore, state), 256).ToArray()).ToArray();
        foreach (var (state, first, last, action, next) in Rows)
        {
            table[(int)state].AsSpan(first, last - first + 1).Fill((action, next));
        }

        foreach (var row in table)
        {
            row[0x18] = row[0x1A] = (Ignore, Ground); // CAN and SUB end anything, and so does an escape: the end mark of a string is ESC \
            row[0x1B] = (Ignore, Escape);
        }

        return table;
    }
}
