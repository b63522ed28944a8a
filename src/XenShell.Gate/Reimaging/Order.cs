using System.Diagnostics.CodeAnalysis;
using XenShell.Core;
using XenShell.Core.Access;
using XenShell.Core.Consoles;
using XenShell.Core.Domains;
using XenShell.Core.Grants;
using XenShell.Core.Guests;
using XenShell.Core.Images;
using XenShell.Core.Jobs;
using XenShell.Core.Names;
using XenShell.Core.Printing;
using XenShell.Core.Reimaging;

namespace XenShell.Gate.Reimaging;

/// <summary>What somebody wants on a guest, looked at from all sides before anything is done.</summary>
internal sealed class Order
{
    private readonly Act act;
    private readonly Preflight check;
    private readonly Image image;
    private readonly Domain? domain;

    private Order(Act act, Image image, Domain? domain)
    {
        this.act = act;
        this.image = image;
        this.domain = domain;
        check = Preflight.Of(act.Layout, new ReimageOrder(act.Guest, image, IsUp, act.Request.Has("shutdown"), act.Policy.Settings.KeepFree));
    }

    private bool IsUp => domain is not (null or { State: DomainState.Down });

    internal IReadOnlyList<string> Keys { get; private init; } = [];

    internal bool HasPassword => Keys.Count == 0 || act.Request.Has("password");

    /// <param name="domain">The guest's, in a state that a re-image can begin in; null is off.</param>
    /// <exception cref="GateRefusal">It cannot be done; every reason is told.</exception>
    internal static Order Of(Act act, Domain? domain)
    {
        RequireReason(act);
        var name = act.Request.Get(Core.Commands.Arguments.Image);
        if (!MayUse(act, name, out var image))
        {
            throw Act.Refusal(ExitCode.NotAllowed, $"{name}: no such image for {act.Name}; 'images {act.Name}' lists what there is", "no such image, or not open to the caller");
        }

        var order = new Order(act, image, domain) { Keys = RootKeys.Of(act) };
        order.RequireNoProblem();
        return order;
    }

    internal static bool MayUse(Act act, string name, [NotNullWhen(true)] out Image? image) =>
        HostImages.Read(act.Layout).TryFind(name, out image) && act.Policy.Judge.MayUse(act.Caller.Account, image, act.Standing!);

    internal static void RequireReason(Act act)
    {
        if (act.Standing!.Role == Role.Support && !act.Request.Has("reason"))
        {
            throw Act.Refusal(ExitCode.Usage, $"{act.Name} is not yours: --reason=\"...\" says why, for its owner to read", "no reason given");
        }
    }

    // Staff make a guest ready for its next owner, for whom what is on it is not.
    private IReadOnlyList<string>? OldOwners =>
        act.Standing!.Role == Role.Support ? LogHandover.LastOwners(act.Layout, act.Policy.Settings, act.Guest) : null;

    private void RequireNoProblem()
    {
        if (check.Problems.Count == 0)
        {
            return;
        }

        throw Act.Refusal(
            check.IsOnlyAboutState ? ExitCode.WrongState : ExitCode.Failed,
            string.Join('\n', check.Problems),
            string.Join("; ", new[] { check.Record }.OfType<string>().Concat(check.Problems)));
    }

    /// <summary>What will happen, for whoever has to confirm it.</summary>
    internal IEnumerable<string> Statement()
    {
        var keep = DateTimeOffset.UtcNow + act.Policy.Settings.KeepOld;
        yield return $"{act.Name} gets a new system: {image.Name} ({image.Title}).";
        foreach (var (volume, at) in check.Volumes.Select((volume, at) => (volume, at)))
        {
            yield return $"  {check.Devices[at]}, {volume.Bytes >> 20} MiB: a new disk is built beside it, and takes its place when it is whole.";
        }

        foreach (var device in check.Untouched)
        {
            yield return $"  {device}: not touched.";
        }

        yield return $"What is on the old {(check.Volumes.Count > 1 ? "disks is" : "disk is")} out of reach then; {(check.Volumes.Count > 1 ? "they are" : "it is")} kept until about {UtcTime.Of(keep.ToUnixTimeSeconds())}, and 'reimage --undo {act.Name}' brings {(check.Volumes.Count > 1 ? "them" : "it")} back.";
        if (OldOwners is { } last && !last.SequenceEqual(GuestOwners.Of(act.Policy.Settings, act.Guest)))
        {
            yield return $"It is of the time of its last owners, {string.Join(", ", last)}: nobody else but staff can bring it back.";
        }

        if (IsUp)
        {
            yield return $"{act.Name} goes on running meanwhile; it is shut down for the exchange, and booted.";
        }

        yield return Keys.Count switch
        {
            0 => "Root gets in by a password, at its console; it is shown once.",
            1 => $"Root gets in by the key {PublicKey.In(Keys[0])[0].Fingerprint}{(HasPassword ? " and a password, which is shown once" : "")}.",
            _ => $"Root gets in by {Keys.Count} keys{(HasPassword ? " and a password, which is shown once" : "")}.",
        };
    }

    /// <summary>Its record, not yet on the disk.</summary>
    /// <param name="owners">The guest's.</param>
    internal Job ToJob(IReadOnlyList<string> owners)
    {
        var id = JobId.New();
        return new Job(id, JobKind.Reimage, act.Name.Text, act.Caller.Account.Name, act.Caller.Account.Uid, DateTimeOffset.UtcNow.ToUnixTimeSeconds())
        {
            Image = image.Name,
            Reason = act.Request.Text("reason"),
            GuestFile = act.Guest.File,
            Owners = owners,
            OldOwners = OldOwners,
            Boots = IsUp,
            ShutsDown = act.Request.Has("shutdown"),
            Steps = check.Steps(id),
            Keys = Keys,
            HasPassword = HasPassword,
            KeepsHostKeys = act.Request.Has("keep-host-keys"),
        };
    }
}
