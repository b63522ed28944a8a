using Mono.Unix.Native;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>MUST 1 of Program.cs.</summary>
internal static class ProcessSetup
{
    private const uint OwnerOnly = 0x3F; // 077

    internal static void Harden()
    {
        ThisProcess.CloseInheritedDescriptors();
        ThisProcess.ForbidCoreDumps();
        ThisProcess.SetUmask(OwnerOnly);
        ThisProcess.EnterRootFolder();

        // A guest is wholly up or wholly down, whatever becomes of the caller. The console verb takes
        // SIGHUP back, as it has nothing to finish. The last line the caller may have set off before sudo.
        ThisProcess.Ignore(
            Signum.SIGHUP, Signum.SIGINT, Signum.SIGQUIT, Signum.SIGTSTP, Signum.SIGTERM, Signum.SIGPIPE, Signum.SIGTTOU, Signum.SIGTTIN,
            Signum.SIGALRM, Signum.SIGVTALRM, Signum.SIGPROF, Signum.SIGXFSZ, Signum.SIGXCPU);

        // An ignored SIGCHLD passes through sudo, and the kernel would reap our children before we can ask.
        ThisProcess.Default(Signum.SIGCHLD);
        ThisProcess.ForgetInheritedLimits();
        ThisProcess.ForgetInheritedOomScore();
        if (ThisProcess.EffectiveUid == 0)
        {
            ControlGroup.LeaveTheUsers();
        }

        // sudo keeps it, and libc would stamp the lines for syslog by it.
        ThisProcess.DropVariable("TZ");
    }
}
