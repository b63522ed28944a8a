using XenShell.Core;

namespace XenShell.Gate.Verbs;

/// <summary>What each verb of the command table does; a test holds the two to each other.</summary>
internal static class VerbTable
{
    private static readonly Dictionary<string, Func<Act, (ExitCode Code, string? Outcome)>> Verbs = new(StringComparer.Ordinal)
    {
        ["guests"] = Queries.Guests,
        ["list"] = Queries.List,
        ["status"] = Queries.Status,
        ["uptime"] = Queries.Status,
        ["info"] = Queries.Info,
        ["version"] = Queries.Version,
        ["images"] = ImagesVerb.Run,
        ["reimage"] = Reimage.Run,
        ["jobs"] = JobsVerb.Run,
        ["watch"] = WatchVerb.Run,
        ["log"] = LogVerb.Run,
        ["boot"] = Boot.Run,
        ["shutdown"] = Shutdown.Run,
        ["poweroff"] = Poweroff.Run,
        ["reboot"] = Reboot.Run,
        ["reset"] = Reset.Run,
        ["pause"] = SimpleVerbs.Pause,
        ["unpause"] = SimpleVerbs.Unpause,
        ["sysreq"] = SimpleVerbs.Sysreq,
        ["console"] = ConsoleVerb.Run,
    };

    internal static IReadOnlyCollection<string> Names => Verbs.Keys;

    internal static Func<Act, (ExitCode Code, string? Outcome)> Of(string verb) => Verbs[verb];
}
