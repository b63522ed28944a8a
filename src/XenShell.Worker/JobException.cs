namespace XenShell.Worker;

/// <summary>The job cannot go on; the message is for whoever ordered it.</summary>
internal sealed class JobException(string message) : Exception(message);
