using XenShell.Core;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// Where the caller's connection comes from, for the record: sshd's process of root's is among our ancestors,
/// and holds it. Nothing of it is the caller's word; who leaves that line of ancestors has no address.
/// </summary>
internal static class ClientAddress
{
    private const int MaxAncestors = 16; // sshd, its child, the shell, the screen, a command of it, sudo, the gate twice

    // OpenSSH 9.8 gave each connection a program of its own.
    private static readonly string[] Servers = ["/usr/sbin/sshd", "/usr/lib/openssh/sshd-session"];

    internal static string? Find(HostLayout layout)
    {
        var pid = ThisProcess.Pid;
        for (var i = 0; i < MaxAncestors && !layout.IsDemo; i++)
        {
            if (ProcessTable.Birth(pid) is not { Parent: > 1 and var parent })
            {
                return null;
            }

            if (ProcessTable.Owner(parent) == 0 && ProcessTable.Program(parent) is { } program && Servers.Contains(program))
            {
                return PeerAddress.Of(parent);
            }

            pid = parent;
        }

        return null;
    }
}
