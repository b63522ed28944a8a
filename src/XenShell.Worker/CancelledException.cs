namespace XenShell.Worker;

/// <summary>Somebody who may has asked for the job's end.</summary>
internal sealed class CancelledException(string user) : Exception
{
    internal string User { get; } = user;
}
