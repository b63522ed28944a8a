using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Screen;
using XenShell.Tenant;

// The full screen, as the tenant, started by xen-shell in an environment of its making (FullScreenStart).
// It has no more rights than the prompt: whatever it shows and does goes through the same commands.
try
{
    ThisProcess.ForbidCoreDumps();
    ThisProcess.EnterRootFolder();
    return (int)ScreenSession.Run(HostLayout.Installed);
}
catch (Exception e)
{
    // fail safe: the terminal is restored by now; one line, no stack trace
    Tell.Error($"something went wrong: {e.Message}; 'xen-shell --prompt' works without the full screen");
    return (int)ExitCode.Failed;
}
