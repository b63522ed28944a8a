namespace XenShell.Worker;

/// <summary>
/// What a program may take that reads what others have made. At its time, or at what it says, we end it and the job; the rest is
/// the kernel's (setrlimit(2)).
/// </summary>
/// <param name="Time">By the clock: a storage that does not answer takes no time of a processor.</param>
/// <param name="Said">Bytes of its output.</param>
/// <param name="ProcessorSeconds">It may be led in circles.</param>
/// <param name="Memory">Bytes of address space.</param>
internal sealed record Bounds(TimeSpan Time, long Said, int ProcessorSeconds, long Memory)
{
    private const string Program = "/usr/bin/prlimit";

    /// <summary>Bytes of a file that it writes; null for one that writes to a volume.</summary>
    internal long? Written { get; init; }

    /// <summary>The words that run a command within them.</summary>
    internal IReadOnlyList<string> Around(IReadOnlyList<string> command) =>
        [Program, $"--cpu={ProcessorSeconds}", $"--as={Memory}", $"--fsize={(Written is { } bytes ? $"{bytes}" : "unlimited")}", "--core=0", .. command];

    /// <returns>What it has done too much, or null.</returns>
    internal string? Excess(TimeSpan time, long said) => time > Time ? "took too long" : said > Said ? "said too much" : null;
}
