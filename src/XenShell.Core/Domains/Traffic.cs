using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Domains;

/// <summary>What a domain has moved since it was started, in KiB and seen from the guest; of disks null where the host's xentop cannot tell.</summary>
public sealed record Traffic(string Name, long NetIn, long NetOut, long? DiskRead, long? DiskWritten) : IJsonObject
{
    internal static Traffic Of(JsonElement from) =>
        new(from.Text("name"), from.Number("net_in"), from.Number("net_out"), from.NumberOrNull("disk_read"), from.NumberOrNull("disk_written"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("name", Name);
        to.Member("net_in", NetIn);
        to.Member("net_out", NetOut);
        to.Member("disk_read", DiskRead);
        to.Member("disk_written", DiskWritten);
    }
}
