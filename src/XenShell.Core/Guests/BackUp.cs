namespace XenShell.Core.Guests;

/// <summary>
/// Copies that editors, package managers and people leave beside a file: they match auto/*, and what a
/// former version granted is not meant any more.
/// </summary>
public static class BackUp
{
    private static readonly string[] Endings =
    [
        "~", "#", ",v",
        ".bak", ".backup", ".old", ".orig", ".save", ".saved", ".copy", ".new", ".rej", ".tmp", ".disabled", ".off",
        ".swp", ".swo", ".swap", ".cfsaved",
        ".dpkg-old", ".dpkg-new", ".dpkg-dist", ".dpkg-tmp", ".dpkg-bak", ".dpkg-backup", ".dpkg-remove",
        ".ucf-old", ".ucf-new", ".ucf-dist",
        ".rpmsave", ".rpmnew", ".rpmorig",
    ];

    public static bool IsName(string file) => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
