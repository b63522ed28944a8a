namespace XenShell.Core.Guests;

/// <summary>A name in a folder.</summary>
/// <param name="name">Without the folder.</param>
/// <param name="entry">What was read of it, if it was a file and settled by then.</param>
internal sealed class ListedFile(string name, GuestEntry? entry)
{
    internal string Name => name;

    internal GuestEntry? Entry { get; set; } = entry;
}
