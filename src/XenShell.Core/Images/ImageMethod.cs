namespace XenShell.Core.Images;

/// <summary>How an image gets onto a disk.</summary>
public enum ImageMethod
{
    /// <summary>An archive of a whole system becomes a file system.</summary>
    Tar,

    /// <summary>The same, of an archive that mmdebstrap makes beforehand.</summary>
    Mmdebstrap,

    /// <summary>A file system is copied, and grown.</summary>
    Raw,

    /// <summary>xen-create-image builds it.</summary>
    XenTools,

    /// <summary>A program of the administrator's does.</summary>
    Command,
}
