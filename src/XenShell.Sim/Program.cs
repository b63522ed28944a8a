using Mono.Unix.Native;
using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Sim;
using XenShell.Sim.Commands;
using XenShell.Sim.Guests;

// A stand-in for Xen's xl on a machine without Xen. Simulated hosts have no tenants to be kept out:
// whoever owns the state folder rules them.
var layout = HostLayout.Installed;
if (args is [GuestStarter.Verb])
{
    ThisProcess.Ignore(Signum.SIGHUP, Signum.SIGINT, Signum.SIGPIPE);
    return GuestProcess.Run(layout, Fd.Input, Fd.Output);
}

return new Xl(layout, new Streams(Fd.Input, Fd.Output, Fd.Error), new GuestStarter()).Run(args);
