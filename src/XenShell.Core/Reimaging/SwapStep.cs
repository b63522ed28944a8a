using System.Text.Json;
using XenShell.Core.Json;

namespace XenShell.Core.Reimaging;

/// <summary>
/// One volume that another one takes the place of: Current is renamed to Outgoing, then Incoming to Current.
/// The identities say which volume was meant, whatever the names say by then.
/// </summary>
/// <param name="Current">The name that the guest's file has.</param>
/// <param name="Incoming">Where the new volume waits.</param>
/// <param name="Outgoing">Where the old one goes.</param>
/// <param name="CurrentIdentity">Of the volume that goes.</param>
/// <param name="IncomingIdentity">Of the one that comes; null while it is not made yet.</param>
public sealed record SwapStep(string Current, string Incoming, string Outgoing, string CurrentIdentity, string? IncomingIdentity) : IJsonObject
{
    internal static SwapStep Of(JsonElement from) => new(
        from.Text("current"),
        from.Text("incoming"),
        from.Text("outgoing"),
        from.Text("current_identity"),
        from.TextOrNull("incoming_identity"));

    public void Write(Utf8JsonWriter to)
    {
        to.Member("current", Current);
        to.Member("incoming", Incoming);
        to.Member("outgoing", Outgoing);
        to.Member("current_identity", CurrentIdentity);
        to.Member("incoming_identity", IncomingIdentity);
    }
}
