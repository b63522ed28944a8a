using System.Text;

namespace XenShell.SystemTests.Harness;

/// <summary>What a person reads: terminal output without escape sequences and control characters (ECMA-48).</summary>
public sealed class PlainText
{
    private enum State
    {
        Text,
        Escape,
        Control,
        String,
        StringEscape,
        Charset,
    }

    private readonly StringBuilder text = new();
    private State state;

    public string Text => text.ToString();

    public void Feed(char c)
    {
        state = (state, c) switch
        {
            (State.Text, '\e') => State.Escape,
            (State.Text, _) => Keep(c),
            (State.Escape, '[') => State.Control,
            (State.Escape, ']' or 'P' or '_' or '^' or 'X') => State.String,
            (State.Escape, '(' or ')' or '*' or '+' or '#') => State.Charset,
            (State.Control, >= '@' and <= '~') => State.Text,
            (State.Control, _) => State.Control,
            (State.String, '\a') => State.Text,
            (State.String, '\e') => State.StringEscape,
            (State.String, _) => State.String,
            _ => State.Text,
        };
    }

    private State Keep(char c)
    {
        if (c is '\n' or '\r' or '\t' || !char.IsControl(c))
        {
            text.Append(c);
        }

        return State.Text;
    }
}
