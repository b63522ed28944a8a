using Mono.Unix.Native;
using XenShell.Core;
using XenShell.Core.Configuration;
using XenShell.Core.Jobs;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Worker;

// Long work on one guest, started by the gate and out of everybody's reach: it fills new volumes.
//
// 1. It MUST take nothing from outside but a job's number, and read what to do from root's own record.
// 2. It MUST hold the job's lock for as long as it, or anything that it has started, lives.
// 3. It MUST NOT write to any volume but those that the record names as new ones, and that it has made itself.
// 4. It MUST NOT execute or mount anything of an image or of a guest's disk.
// 5. It neither judges nor touches the guest: the gate puts the new volumes in place, for whoever ordered the job.
if (args is not [var id] || !JobId.IsValid(id))
{
    return (int)ExitCode.Usage;
}

ThisProcess.CloseInheritedDescriptors();
ThisProcess.ForbidCoreDumps();
ThisProcess.SetUmask(0x3F); // 077
ThisProcess.EnterRootFolder();
ThisProcess.Ignore(Signum.SIGHUP, Signum.SIGPIPE, Signum.SIGTTOU, Signum.SIGTTIN);
ThisProcess.StandBack();
var layout = HostLayout.Installed;
var store = new JobStore(layout);
using var mine = store.TryLock(id, WorkerLimits.OwnLock);
if (mine is null || store.Find(id) is not { Stage: JobStage.Waiting } job)
{
    return (int)ExitCode.Busy; // another one is at it, or it was taken off the list before we came
}

return (int)new Course(layout, SettingsReader.Read(layout), store, mine, job).Run();
