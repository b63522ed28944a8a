namespace XenShell.Core.Commands;

/// <summary>A command line that makes no sense; the message says what to do.</summary>
public sealed class UsageException(string message) : Exception(message);
