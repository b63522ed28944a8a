using XenShell.Core;
using XenShell.Core.Audit;
using XenShell.Core.Native;
using XenShell.Gate;

// The only program that tenants may run as root. In this order, and nothing else:
//
// 1. It MUST start from nothing: no inherited descriptors or limits, no core file, no signal that could stop it halfway.
// 2. It MUST find out by itself who called, and that this is a tenant still. What changes a guest, and the console, now start
//    once more, out of reach of sudo and the caller's timers.
// 3. The words MUST parse into a closed set before anything depends on them.
// 4. It MUST judge by files that root alone can have written, read now.
// 5. It MUST record the attempt, allowed or refused, before it acts; nobody can fill the record.
// 6. It acts with what was judged, and records the outcome.
var layout = HostLayout.Installed;
var means = Means.Of(layout);
var subject = new AuditSubject(null, ThisProcess.RealUid);
IDisposable? place = null;
AuditLog? record = null;
try
{
    ProcessSetup.Harden();
    if (Check.IsAsked(layout, args))
    {
        return (int)Check.Run(layout, means.Output);
    }

    var (key, words) = SessionKey.Take(args);
    subject = subject with { Client = ClientAddress.Find(layout), Key = key };
    var caller = Caller.Identify(layout, key);
    subject = subject with { User = caller.Account.Name, Uid = caller.Account.Uid };
    record = new AuditLog(layout, subject, words);
    caller.RequireTenant(layout);
    if (DetachedRun.IsDue(words))
    {
        return DetachedRun.Run(args);
    }

    place = CallerPlaces.Enter(layout, caller.Account.Uid);
    var parsed = Request.Parse(words, record);
    var policy = Policy.Read(layout);
    var request = policy.Complete(caller, parsed);
    record.Describe(request);
    var standing = policy.Decide(caller, request);
    CallerPace.Record(layout, caller, request, standing, record);
    var (code, outcome) = Act.Perform(means, policy, caller, request, standing);
    record.Outcome(code, outcome);
    return (int)code;
}
catch (Exception e)
{
    // fail safe: whatever went wrong, nobody learns more than to ask, and the record has it
    record ??= new AuditLog(layout, subject, args);
    return (int)Refusals.Report(record, means.Output, e);
}
finally
{
    place?.Dispose();
}
