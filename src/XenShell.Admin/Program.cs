using XenShell.Admin;
using XenShell.Core;
using XenShell.Core.Configuration;
using XenShell.Core.Locks;
using XenShell.Core.Native;

// What root does to look after xen-shell, by hand and by a timer. No tenant gets here: sudoers never mentions it.
var layout = HostLayout.Installed;
ThisProcess.SetUmask(0x3F); // 077
ThisProcess.EnterRootFolder();
if (ThisProcess.EffectiveUid != layout.Owner)
{
    Say.Error("this is for root");
    return (int)ExitCode.NotAllowed;
}

try
{
    return (int)(args switch
    {
        ["reap"] => ReapCommand.Run(layout),
        ["job", "clear", var id] => JobClearCommand.Run(layout, id),
        ["job", "drop", var id] => JobDropCommand.Run(layout, id),
        ["image", "build", var name] => ImageBuildCommand.Run(layout, name),
        ["help" or "--help"] => Usage.Show(),
        [] => Usage.Refuse("a command is missing"),
        _ => Usage.Refuse($"'{string.Join(' ', args)}' is not understood"),
    });
}
catch (GuestBusyException)
{
    Say.Error("somebody is at work on the guest; try again when that is done");
    return (int)ExitCode.Busy;
}
catch (Exception e) when (e is IOException or ConfigurationException)
{
    Say.Error(e.Message);
    return (int)ExitCode.Failed;
}
