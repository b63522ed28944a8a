namespace XenShell.Core.Configuration;

/// <summary>The value of toolstack in xen-shell.conf.</summary>
public enum ToolstackKind
{
    Auto,
    Xl,
    Xm,
}
