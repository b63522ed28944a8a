using XenShell.Core;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// "--check", for root alone: what is wrong with the configuration, the guests' files and the images. sudo marks everybody that it lets
/// in, tenants too: whoever comes through it is no administrator here.
/// </summary>
internal static class Check
{
    internal static bool IsAsked(HostLayout layout, string[] arguments) =>
        arguments is ["--check"] && ThisProcess.EffectiveUid == layout.Owner && Environment.GetEnvironmentVariable("SUDO_UID") is null && Environment.GetEnvironmentVariable("SUDO_USER") is null;

    internal static ExitCode Run(HostLayout layout, Output output)
    {
        try
        {
            var (guests, images) = (Policy.Read(layout).Catalog, HostImages.Read(layout));
            FileProblem[] problems = [.. guests.Problems, .. images.Problems];
            output.Quote(problems.Select(problem => problem.ToString()));
            output.Say($"{Count(guests.Guests.Count, "guest")}, {Count(images.Images.Count, "image")}, {Count(problems.Length, "problem")}");
            return problems.Length == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (GateRefusal refusal)
        {
            output.Complain(refusal.Reason);
            return refusal.Code;
        }
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
