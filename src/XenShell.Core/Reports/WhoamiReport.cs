using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reports;

/// <summary>The document of whoami.</summary>
public sealed record WhoamiReport(string User) : IJsonObject
{
    public void Write(Utf8JsonWriter to) => to.Member("user", User);
}
