using XenShell.Core.Files;

namespace XenShell.Core.Guests;

/// <summary>The names in a folder that a pattern means, in ordinal order.</summary>
/// <param name="Pattern">As the configuration has it.</param>
/// <param name="Path">The folder, without links.</param>
/// <param name="Stamp">The folder's: while it is that, the names are these. The default one where it was not settled.</param>
internal sealed record FolderListing(string Pattern, string Path, FileStamp Stamp, IReadOnlyList<ListedFile> Files);
