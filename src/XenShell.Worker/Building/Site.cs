using XenShell.Core;
using XenShell.Core.Images;
using XenShell.Core.Jobs;
using XenShell.Core.Volumes;
using XenShell.Worker.Systems;

namespace XenShell.Worker.Building;

/// <summary>What a method builds with, and where.</summary>
/// <param name="Root">The new volume for the system: empty.</param>
/// <param name="Overlay">What is put over the image's system.</param>
/// <param name="Swap">The one for swap, which is no method's affair; null where the guest has none.</param>
internal sealed record Site(HostLayout Layout, JobStore Store, Job Job, Image Image, Overlay Overlay, Volume Root, Volume? Swap, Tools Tools, Progress Progress)
{
    /// <summary>What the job works with, in memory; gone with it.</summary>
    internal string WorkFolder => $"{Layout.WorkFolder}/{Job.Id}";
}
