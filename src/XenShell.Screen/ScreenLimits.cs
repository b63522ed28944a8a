namespace XenShell.Screen;

/// <summary>How long the screen waits, and how much it takes.</summary>
internal static class ScreenLimits
{
    // --- Pages and commands

    /// <summary>That lie on each other: each may be a log that is followed, three processes and a place at the gate.</summary>
    internal const int Pages = 8;

    /// <summary>Commands under way: each is three processes, and the gate lets a user have 48.</summary>
    internal const int Running = 20;

    /// <summary>Bytes of one line that a command says.</summary>
    internal const int AnswerLine = 64 << 10;

    /// <summary>Of a log that is opened: a few screens to scroll back.</summary>
    internal const int LogLines = 1000;

    // --- Time

    /// <summary>Forty a second are fluid; rubbish typed or printed at full speed asks for hundreds.</summary>
    internal static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(25);

    /// <summary>Without a key: memory can be given back.</summary>
    internal static readonly TimeSpan Lull = TimeSpan.FromSeconds(5);

    /// <summary>The elapsed time of a command is shown by the second.</summary>
    internal static readonly TimeSpan ElapsedTick = TimeSpan.FromSeconds(1);

    /// <summary>ms until the feed is tried again; each refusal is a line in root's records.</summary>
    internal const int FirstRetry = 5_000;

    /// <summary>The same, after many.</summary>
    internal const int LastRetry = 300_000;

    /// <summary>Characters; a command line takes a thousand.</summary>
    internal const int Paste = 64 << 10;
}
