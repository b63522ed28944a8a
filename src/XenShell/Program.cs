using XenShell;
using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Tenant;

// The login shell: no privilege, no trust. What it hides the gate refuses anyway.
try
{
    ThisProcess.ForbidCoreDumps();
    CleanStart.Ensure(HostLayout.Installed, args);
    var code = StartMode.Run(HostLayout.Installed, args);
    return (int)(code == ExitCode.Done && !Tell.IsHeard ? ExitCode.Failed : code);
}
catch (Exception e)
{
    // fail safe: no stack trace, no core, one line
    Tell.Error($"something went wrong: {e.Message}");
    return (int)ExitCode.Failed;
}
