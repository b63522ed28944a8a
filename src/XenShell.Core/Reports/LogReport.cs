using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>The document of log.</summary>
public sealed record LogReport(string Guest, IReadOnlyList<string> Lines) : IJsonObject
{
    public void Write(Utf8JsonWriter to)
    {
        to.Member("guest", Guest);
        to.Member("lines", Lines);
    }
}
