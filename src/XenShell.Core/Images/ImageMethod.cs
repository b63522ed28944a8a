namespace XenShell.Core.Images;

/// <summary>How an image gets onto a disk.</summary>
public enum ImageMethod
{
    /// <summary>xen-create-image builds it.</summary>
    XenTools,

    /// <summary>A program of the administrator's does.</summary>
    Command,
}
