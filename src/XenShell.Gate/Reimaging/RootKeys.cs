using XenShell.Core;
using XenShell.Core.Access;
using XenShell.Core.Grants;
using XenShell.Core.Guests;

namespace XenShell.Gate.Reimaging;

/// <summary>
/// Whose keys let root into a new system. Without a choice it is the key that the caller came by, or all that the caller may
/// come by; what support puts on a guest of others is for its owners, and not for support.
/// </summary>
internal static class RootKeys
{
    /// <returns>Lines for authorized_keys; none where there are no keys: then it takes a password.</returns>
    /// <exception cref="GateRefusal">The choice leads to no key, or to too many.</exception>
    internal static IReadOnlyList<string> Of(Act act)
    {
        var user = act.Caller.Account.Name;
        var choice = act.Request.Text("key");
        if (choice is null)
        {
            return act.Standing!.Role == Role.Support ? OfOwners(act) : Login(act) is { } own ? [own.Line(user)] : Lines(act, user);
        }

        return choice switch
        {
            LoginKeys.All => Lines(act, user) is { Count: > 0 } all ? all : throw NoKey($"no key of {user}'s is known here"),
            LoginKeys.Login => Login(act) is { } key ? [key.Line(user)] : throw NoKey("the key of this login is not known here"),
            _ when LoginKeys.IsFingerprint(choice) => LoginKeys.Of(act.Layout, user).FirstOrDefault(key => key.Fingerprint == choice) is { } chosen
                ? [chosen.Line(user)]
                : throw NoKey($"{choice} is none of {user}'s keys"),
            _ => PublicKey.TryParse(choice, out var given) ? [given.Line($"given-by-{user}")] : throw NoKey("that is no public key"),
        };
    }

    private static PublicKey? Login(Act act) =>
        act.Caller.Fingerprint is { } fingerprint ? LoginKeys.Of(act.Layout, act.Caller.Account.Name).FirstOrDefault(key => key.Fingerprint == fingerprint) : null;

    private static List<string> OfOwners(Act act) =>
        Bounded(GuestOwners.Of(act.Policy.Settings, act.Guest).Where(owner => owner[0] != '%').SelectMany(owner => All(act, owner)).Distinct(), $"the owners of {act.Name} have");

    private static List<string> Lines(Act act, string user) => Bounded(All(act, user), $"{user} has");

    private static IEnumerable<string> All(Act act, string user) => LoginKeys.Of(act.Layout, user).Select(key => key.Line(user));

    // A file of keys has room for thousands, and the job's record, where they stand, has not.
    private static List<string> Bounded(IEnumerable<string> all, string whoHas)
    {
        var lines = all.ToList();
        var excess = lines.Count > GateLimits.RootKeys ? $"{GateLimits.RootKeys} keys"
            : lines.Sum(line => line.Length) > GateLimits.RootKeysLength ? $"{GateLimits.RootKeysLength >> 10} KiB of keys"
            : null;
        return excess is null ? lines : throw Act.Refusal(ExitCode.Usage, $"{whoHas} more than {excess}; choose one with --key");
    }

    private static GateRefusal NoKey(string problem) =>
        Act.Refusal(ExitCode.Usage, $"{problem}; --key takes {LoginKeys.All}, {LoginKeys.Login}, a fingerprint or a public key, and without keys there is --password", problem);
}
