using XenShell.Core.Volumes;

namespace XenShell.Core.Reimaging;

/// <summary>
/// Carries out a journalled swap of names. The journal, written and synced before, is the list of steps;
/// how far it has come is read from the volumes themselves.
///
/// 1. Each rename MUST be of a volume with the identity that the journal has: never of one that somebody
///    made in the meantime.
/// 2. A rename MUST NOT replace anything.
/// 3. Both ways MUST be open at any time, and doing one again MUST do no harm.
/// 4. The first step is the system's, whose place MUST be empty while anything else is on its way: what boots the guest past us,
///    such as xendomains after a power cut, finds no disk, and not half of a new system.
/// </summary>
public sealed class Swap(HostLayout layout, IReadOnlyList<SwapStep> steps)
{
    /// <exception cref="VolumeException">It cannot be said now.</exception>
    public SwapState State()
    {
        var states = steps.Select(StateOf).Distinct().ToList();
        return states switch
        {
            [var only] => only,
            _ when states.All(state => state is SwapState.Untouched or SwapState.Abandoned) => SwapState.Abandoned,
            _ when states.Contains(SwapState.Foreign) => SwapState.Foreign,
            _ => SwapState.Halfway,
        };
    }

    /// <summary>Goes on until every volume is where it should be.</summary>
    /// <exception cref="VolumeException">It could not; doing it again goes on from there.</exception>
    public void Forward()
    {
        foreach (var step in steps)
        {
            Move(Kind(step), step.Current, step.Outgoing, step.CurrentIdentity);
        }

        foreach (var step in steps.Reverse())
        {
            Move(Kind(step), step.Incoming, step.Current, step.IncomingIdentity!);
        }
    }

    /// <summary>Goes back until every volume is where it was.</summary>
    /// <exception cref="VolumeException">It could not; doing it again goes on from there.</exception>
    public void Back()
    {
        foreach (var step in steps.Where(step => !IsLost(step)))
        {
            Move(Kind(step), step.Current, step.Incoming, step.IncomingIdentity!);
        }

        foreach (var step in steps.Reverse())
        {
            Move(Kind(step), step.Outgoing, step.Current, step.CurrentIdentity);
        }
    }

    // The way back does not need what was to come.
    private bool IsLost(SwapStep step)
    {
        var kind = Kind(step);
        var (current, outgoing) = (Id(kind, step.Current), Id(kind, step.Outgoing));
        return Id(kind, step.Incoming) is null
            && ((current is null && outgoing == step.CurrentIdentity) || (current == step.CurrentIdentity && outgoing is null));
    }

    private SwapState StateOf(SwapStep step)
    {
        var kind = Kind(step);
        var (current, incoming, outgoing) = (Id(kind, step.Current), Id(kind, step.Incoming), Id(kind, step.Outgoing));
        return (current, incoming, outgoing) switch
        {
            _ when current == step.CurrentIdentity && incoming == step.IncomingIdentity && outgoing is null => SwapState.Untouched,
            _ when current == step.CurrentIdentity && incoming is null && outgoing is null => SwapState.Abandoned,
            _ when current == step.IncomingIdentity && incoming is null && outgoing == step.CurrentIdentity => SwapState.Done,
            _ when current is null && (incoming is null || incoming == step.IncomingIdentity) && outgoing == step.CurrentIdentity => SwapState.Halfway,
            _ => SwapState.Foreign,
        };
    }

    private static void Move(VolumeKind kind, string from, string to, string identity)
    {
        if (Id(kind, from) == identity)
        {
            kind.Rename(from, to);
        }
        else if (Id(kind, to) != identity)
        {
            throw new VolumeException($"{from}: the volume that was to be renamed to {to} is gone");
        }
    }

    private static string? Id(VolumeKind kind, string path) => kind.Find(path)?.Identity;

    private VolumeKind Kind(SwapStep step) =>
        VolumeKind.Of(layout, step.Current) ?? throw new VolumeException($"{step.Current} is no volume that can be swapped");
}
