using XenShell.Core.Guests;
using XenShell.Core.Images;

namespace XenShell.Core.Reimaging;

/// <summary>What somebody wants: an image on a guest.</summary>
/// <param name="IsUp">The guest is there now.</param>
/// <param name="ShutsDown">It may be shut down when the new system is ready.</param>
/// <param name="KeepsHostKeys">The new system gets the old one's ssh host keys.</param>
public sealed record ReimageOrder(Guest Guest, Image Image, bool IsUp, bool ShutsDown, bool KeepsHostKeys);
