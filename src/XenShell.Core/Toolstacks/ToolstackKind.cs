namespace XenShell.Core.Toolstacks;

/// <summary>The value of toolstack in xen-shell.conf.</summary>
public enum ToolstackKind
{
    Auto,
    Xl,
    Xm,
}
