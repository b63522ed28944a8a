using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Domains;

/// <summary>A disk of a running domain.</summary>
/// <param name="Target">What stands behind it on the host: the path that it was started with, a character a byte.</param>
/// <param name="Device">The number of the block device that Xen opened for it, as stat(2) has it; null where it is none, or not known.</param>
public sealed record DomainDisk(int DomainId, string Target, bool IsWritable, ulong? Device = null) : IJsonObject
{
    internal static DomainDisk Of(JsonElement from) => new(
        (int)from.Number("domain"), from.Text("target"), from.GetProperty("is_writable").GetBoolean(), (ulong?)from.NumberOrNull("device"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("domain", DomainId);
        to.Member("target", Target);
        to.WriteBoolean("is_writable", IsWritable);
        to.Member("device", (long?)Device);
    }
}
