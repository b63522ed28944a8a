using System.Text;
using XenShell.Tenant;

namespace XenShell.Screen.Driver;

/// <summary>
/// Hands on what belongs together as a whole: a function key's sequence, a paste with its marks. A line may bring
/// either in pieces, and half of one read as keys would press them: 'R', 'y'. What stays half is dropped, and so
/// are a terminal's answers: nothing was asked. Sequences as in ECMA-48 and xterm's ctlseqs.
/// </summary>
internal sealed class KeySequences
{
    private const char EscapeKey = '\x1b', Bell = '\a';
    private const string PasteBegins = "\x1b[200~", PasteEnds = "\x1b[201~";
    private const long EscapeTime = 25; // after it, an escape is the key; what follows within the pause is no key all the same
    private const int MaxSequence = 64;

    private readonly StringBuilder held = new();
    private State state;
    private bool isLate; // its escape went out as the key already
    private long last; // when the last character came
    private long? loneEscape;

    private enum State
    {
        Ground,
        Escape,
        Control,
        Single, // one more character
        String,
        StringEscape,
        Paste,
    }

    /// <summary>When <see cref="Tick"/> has something to do, in milliseconds; null for never.</summary>
    internal long? Due => state switch
    {
        State.Ground => null,
        State.Escape => last + EscapeTime,
        _ => last + TenantLimits.KeyPause,
    };

    internal void Take(ReadOnlySpan<char> typed, long now, Action<char> pass)
    {
        Tick(now, pass);
        foreach (var character in typed)
        {
            Take(character, now, pass);
        }
    }

    /// <summary>Time has gone by: an escape is a key, half a sequence is nothing, a paste has ended.</summary>
    internal void Tick(long now, Action<char> pass)
    {
        if (now < Due || Due is null)
        {
            return;
        }

        if (state == State.Escape)
        {
            pass(EscapeKey);
            loneEscape = last;
        }
        else if (state == State.Paste)
        {
            held.Append(PasteEnds);
            Pass(pass);
        }

        state = State.Ground;
    }

    private void Take(char character, long now, Action<char> pass)
    {
        var isRest = state == State.Ground && now - loneEscape <= TenantLimits.KeyPause && After(character) != State.Ground;
        (last, loneEscape) = (now, null);
        switch (state)
        {
            case State.Ground when isRest:
                Begin(After(character), $"{EscapeKey}{character}", late: true);
                break;
            case State.Ground when character == EscapeKey:
                Begin(State.Escape, $"{EscapeKey}", late: false);
                break;
            case State.Ground:
                pass(character);
                break;
            case State.Escape when character == EscapeKey:
                pass(EscapeKey);
                break;
            case State.Escape:
                state = After(character);
                held.Append(character);
                if (state == State.Ground)
                {
                    Pass(pass); // Alt and a key
                }

                break;
            case State.Control:
                TakeControl(character, pass);
                break;
            case State.Single:
                held.Append(character);
                Finish(pass);
                break;
            case State.String when character is Bell:
                state = State.Ground;
                break;
            case State.String when character == EscapeKey:
                state = State.StringEscape;
                break;
            case State.StringEscape:
                state = character == '\\' ? State.Ground : State.String;
                break;
            case State.Paste:
                TakePasted(character, pass);
                break;
        }
    }

    private void TakeControl(char character, Action<char> pass)
    {
        held.Append(character);
        switch (character)
        {
            case EscapeKey:
                Begin(State.Escape, $"{EscapeKey}", late: false);
                break;
            case '[' when held.Length == 3: // the function keys of Linux's console: ESC [ [ A
                state = State.Single;
                break;
            case >= '@' and <= '~':
                Finish(pass);
                break;
            default:
                state = character is >= ' ' and < '@' && held.Length < MaxSequence ? State.Control : State.Ground;
                break;
        }
    }

    private void TakePasted(char character, Action<char> pass)
    {
        if (held.Length < ScreenLimits.Paste)
        {
            held.Append(character);
        }

        if (character == PasteEnds[^1] && held.Length >= PasteEnds.Length && held.ToString(held.Length - PasteEnds.Length, PasteEnds.Length) == PasteEnds)
        {
            state = State.Ground;
            Pass(pass);
        }
    }

    private void Begin(State next, string first, bool late)
    {
        (state, isLate) = (next, late);
        held.Clear().Append(first);
    }

    private void Finish(Action<char> pass)
    {
        var sequence = held.ToString();
        state = sequence == PasteBegins ? State.Paste : State.Ground;
        if (state == State.Ground && sequence != PasteEnds && sequence[2] is not ('?' or '>' or '='))
        {
            Pass(pass);
        }
    }

    private void Pass(Action<char> pass)
    {
        if (!isLate)
        {
            foreach (var character in held.ToString())
            {
                pass(character);
            }
        }
    }

    /// <summary>What an escape and this character begin; nothing where they are Alt and a key.</summary>
    private static State After(char character) => character switch
    {
        '[' => State.Control,
        'O' => State.Single,
        'P' or ']' or 'X' or '^' or '_' => State.String,
        _ => State.Ground,
    };
}
