using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Consoles;

/// <summary>Whose a guest's console log is, as of the last look.</summary>
/// <param name="Owners">The guest's owners then, as their grants name them.</param>
/// <param name="Inode">Of the log; another one has nothing of what was before.</param>
/// <param name="Offset">What stands before it was somebody else's.</param>
public sealed record LogHolding(IReadOnlyList<string> Owners, long Inode, long Offset) : IJsonObject
{
    internal static LogHolding Of(JsonElement from) => new(from.TextsOrNull("owners") ?? [], from.Number("inode"), from.Number("offset"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("owners", Owners);
        to.Member("inode", Inode);
        to.Member("offset", Offset);
    }
}
