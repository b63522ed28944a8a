using XenShell.Core.Guests;
using XenShell.Core.Images;

namespace XenShell.Core.Reimaging;

/// <summary>What somebody wants: an image on a guest.</summary>
/// <param name="IsUp">The guest is there now.</param>
/// <param name="ShutsDown">It may be shut down when the new system is ready.</param>
public sealed record ReimageOrder(Guest Guest, Image Image, bool IsUp, bool ShutsDown);
