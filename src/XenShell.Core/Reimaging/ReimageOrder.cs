using XenShell.Core.Guests;
using XenShell.Core.Images;

namespace XenShell.Core.Reimaging;

/// <summary>What somebody wants: an image on a guest.</summary>
/// <param name="IsUp">The guest is there now.</param>
/// <param name="ShutsDown">It may be shut down when the new system is ready.</param>
/// <param name="KeepFree">Percent of the room for disks that new ones must leave.</param>
public sealed record ReimageOrder(Guest Guest, Image Image, bool IsUp, bool ShutsDown, int KeepFree);
