using XenShell.Core.Grants;
using XenShell.Core.Names;

namespace XenShell.Core.Images;

/// <summary>Something that may be put on a guest, as images.d/NAME.conf says; xen-shell.conf(5) has the keys.</summary>
public sealed record Image(string Name, string File)
{
    /// <summary>Where its keys stand, "file:line" each.</summary>
    public IReadOnlyDictionary<string, string> Places { get; init; } = new Dictionary<string, string>();

    public string Title { get; init; } = Name;

    public string Description { get; init; } = "";

    public required ImageMethod Method { get; init; }

    /// <summary>mmdebstrap, xen-tools: the distribution's code name.</summary>
    public string? Dist { get; init; }

    /// <summary>xen-tools: tar, copy, debootstrap or rinse.</summary>
    public string InstallMethod { get; init; } = "debootstrap";

    /// <summary>The archive (tar, mmdebstrap, xen-tools), the file system (raw), or the folder (xen-tools) that it is made from.</summary>
    public string? Source { get; init; }

    /// <summary>tar, raw: SHA-256 of the source, 64 small hexadecimal digits; null where that is not checked.</summary>
    public string? Checksum { get; init; }

    /// <summary>mmdebstrap: what it holds besides the essential packages; empty is what a guest needs to come up.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>mmdebstrap, xen-tools: the URL that packages come from; mmdebstrap's may be a file of apt sources.</summary>
    public string? Mirror { get; init; }

    /// <summary>tar, xen-tools: what is made of it.</summary>
    public string Filesystem { get; init; } = "ext4";

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>command: the program, by its absolute path.</summary>
    public string? Program { get; init; }

    /// <summary>Inside the image, for people: what a guest's file may name that boots without a boot loader.</summary>
    public string? Kernel { get; init; }

    /// <summary>The same.</summary>
    public string? Ramdisk { get; init; }

    /// <summary>MiB of the disk that it fits on; null is any.</summary>
    public int? MinDisk { get; init; }

    public int? MaxDisk { get; init; }

    /// <summary>MiB that the guest must have.</summary>
    public int? MinMemory { get; init; }

    /// <summary>Names of guests, * and ? allowed; empty is all.</summary>
    public IReadOnlyList<string> Guests { get; init; } = [];

    /// <summary>Users and %groups that may use it; empty is everybody, and staff always may.</summary>
    public IReadOnlyList<Grantee> Users { get; init; } = [];

    public bool IsFor(GuestName guest) => Guests.Count == 0 || Guests.Any(pattern => Wildcard.Matches(pattern, guest.Text));
}
