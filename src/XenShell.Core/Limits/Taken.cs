namespace XenShell.Core.Limits;

/// <summary>How much of an <see cref="Allowance"/> was taken at some moment; the default is nothing.</summary>
/// <param name="At">Milliseconds of the clock that it is taken by.</param>
public readonly record struct Taken(double Count, long At);
