using System.Globalization;
using XenShell.Core.Files;
using XenShell.Core.Jobs;
using XenShell.Core.Native;
using XenShell.Core.Printing;
using XenShell.Worker.Systems;

namespace XenShell.Worker.Building;

/// <summary>
/// A program of root's makes the system, as xen-shell.conf(5) tells it: it learns what from its environment, says "phase WORDS"
/// and "percent NUMBER" on its output, and all else that it says is for the log.
/// </summary>
internal static class ProgramBuild
{
    private const int MaxPhase = 40; // a column of a screen

    internal static void Fill(Site site)
    {
        site.Progress.Begin("building", 5, 98);
        Folders.Create(site.WorkFolder);
        var overlay = $"{site.WorkFolder}/overlay.tar";
        AtomicFile.Write(overlay, Overlay.Archive(site.Overlay.Over(new UnknownSystem(), "auto"), DateTimeOffset.UtcNow));
        List<string> environment =
        [
            $"XEN_SHELL_JOB={site.Job.Id}",
            $"XEN_SHELL_IMAGE={site.Image.Name}",
            $"XEN_SHELL_GUEST={site.Job.Guest}",
            $"XEN_SHELL_DISK={site.Root.Path}",
            $"XEN_SHELL_SWAP={site.Swap?.Path}",
            $"XEN_SHELL_OVERLAY={overlay}",
            $"XEN_SHELL_PASSWORD={(site.Job.HasPassword ? JobStore.PasswordOf(site.Layout, site.Job.Id) : "")}", // its hash, for shadow
        ];
        IReadOnlyList<string> command = OwnMounts.CanBe(site.Layout) ? OwnMounts.Around(site.Image.Program!) : [site.Image.Program!];
        var code = site.Tools.Run(command[0], [.. command.Skip(1)], environment, line => Hear(line, site.Progress));
        if (code != 0)
        {
            throw new JobException($"the image's program ended with {code}");
        }
    }

    private static void Hear(string line, Progress progress)
    {
        if (line.StartsWith("phase ", StringComparison.Ordinal))
        {
            progress.Rename(PrintableText.Line(line["phase ".Length..], MaxPhase));
        }
        else if (line.StartsWith("percent ", StringComparison.Ordinal)
            && int.TryParse(line["percent ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var percent))
        {
            progress.At(percent / 100.0);
        }
    }
}
