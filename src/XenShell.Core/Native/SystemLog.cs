using System.Runtime.InteropServices;
using Mono.Unix.Native;

namespace XenShell.Core.Native;

/// <summary>syslog, facility authpriv.</summary>
public static class SystemLog
{
    // syslog keeps the pointer for the life of the process.
    private static readonly nint Identity = Marshal.StringToCoTaskMemUTF8("xen-shell-gate");

    /// <summary>One printable line; Mono.Unix escapes '%'.</summary>
    public static void Write(SyslogLevel level, string line)
    {
        _ = Syscall.openlog(Identity, SyslogOptions.LOG_PID, SyslogFacility.LOG_AUTHPRIV);
        _ = Syscall.syslog(SyslogFacility.LOG_AUTHPRIV, level, line);
    }
}
