namespace XenShell.Core.Configuration;

/// <summary>xen-shell.conf cannot be believed: "file:line: key: reason". Nothing is granted until it is mended.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
