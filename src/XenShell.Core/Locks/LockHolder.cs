namespace XenShell.Core.Locks;

/// <summary>Who is at work on a guest.</summary>
/// <param name="Verb">What is being done.</param>
/// <param name="Since">Unix time.</param>
public sealed record LockHolder(string User, string Verb, long Since);
