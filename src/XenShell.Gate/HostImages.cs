using XenShell.Core;
using XenShell.Core.Disks;
using XenShell.Core.Images;

namespace XenShell.Gate;

/// <summary>The images of the host, without a wait for a storage that is dead.</summary>
internal static class HostImages
{
    internal static ImageCatalog Read(HostLayout layout)
    {
        var images = ImageCatalog.Read(layout, TargetLook.SilentOf);
        ProblemRecord.OfImages(layout, images.Problems);
        return images;
    }
}
