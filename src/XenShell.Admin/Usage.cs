using XenShell.Core;

namespace XenShell.Admin;

/// <summary>What there is.</summary>
internal static class Usage
{
    private const string Text = """
        xen-shell-admin image build NAME  make the archive of an image with method = mmdebstrap
        xen-shell-admin reap              put right what jobs left behind, and remove the disks that were kept long enough
        xen-shell-admin job clear JOB     take a job off the list that neither goes on nor back; no disk is touched
        xen-shell-admin job drop JOB      remove the old system that a job has put aside, before its time; there is no way back
        """;

    internal static ExitCode Show()
    {
        Say.Line(Text);
        return ExitCode.Done;
    }

    internal static ExitCode Refuse(string problem)
    {
        Say.Error($"{problem}; xen-shell-admin --help lists what there is");
        return ExitCode.Usage;
    }
}
