namespace XenShell.Core.Native;

/// <summary>
/// A program to start: absolute path, fixed argv (with argv[0]), a whole environment of "NAME=value".
/// A null descriptor is /dev/null. The child gets no other descriptor, default signals, and "/" as folder.
/// </summary>
public sealed record SpawnRequest(string Program, IReadOnlyList<string> Arguments, IReadOnlyList<string> Environment)
{
    public Fd? Input { get; init; }

    public Fd? Output { get; init; }

    public Fd? Error { get; init; }

    /// <summary>Stays open in the child, as descriptor 3, and in its own children as far as they leave it so.</summary>
    public Fd? Kept { get; init; }

    /// <summary>Arguments are bytes, a character each, and not text.</summary>
    public bool HasByteArguments { get; init; }

    /// <summary>The child leads a session of its own: no signal of the caller's terminal reaches it.</summary>
    public bool NewSession { get; init; }

    /// <summary>Path of a PTY slave that becomes input, output, error and controlling terminal; implies <see cref="NewSession"/>.</summary>
    public string? Terminal { get; init; }
}
