using XenShell.Core;
using XenShell.Core.Json;
using XenShell.Core.Reports;

namespace XenShell.Gate.Verbs;

/// <summary>images: what the caller may put on the guest.</summary>
internal static class ImagesVerb
{
    internal static (ExitCode, string?) Run(Act act)
    {
        var catalog = HostImages.Read(act.Layout);
        var open = catalog.Images.Where(image => act.Policy.Judge.MayUse(act.Caller.Account, image, act.Standing!));
        act.Output.Document(new ImagesReport(act.Name.Text, [.. open.Select(ImageReport.Of)], act.Policy.RefusedFiles(act.Caller, catalog.Problems)).Json());
        return (ExitCode.Done, null);
    }
}
