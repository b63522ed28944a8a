using XenShell.Core.Native;

namespace XenShell.Core.Images;

/// <summary>xen-tools as this host has them.</summary>
public static class XenTools
{
    public const string Program = "/usr/bin/xen-create-image";

    /// <returns>Why nothing can be built with them here, for the administrator; null where it can be.</returns>
    public static string? Problem(HostLayout layout)
    {
        // They mount what they build, and forget that when they are killed: it has to be a copy of the mounts that goes with them.
        if (ThisProcess.EffectiveUid != 0 || !layout.RunsSystemd)
        {
            return "method = xen-tools takes root and a host with systemd";
        }

        try
        {
            layout.TrustedTree.RequireProgram(Program);
            return null;
        }
        catch (IOException e)
        {
            return $"method = xen-tools: {e.Message}; apt-get install xen-tools";
        }
    }
}
