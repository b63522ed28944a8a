namespace XenShell.Core.Guests;

/// <summary>A file or grant that was refused: what administrators read. It grants nothing; others keep working.</summary>
public sealed record GuestProblem(string File, string Reason)
{
    public override string ToString() => $"{File}: {Reason}";
}
