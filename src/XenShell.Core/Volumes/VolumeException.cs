namespace XenShell.Core.Volumes;

/// <summary>A volume cannot be looked at, made, renamed or removed. The message is for the administrator.</summary>
public sealed class VolumeException(string message) : IOException(message);
