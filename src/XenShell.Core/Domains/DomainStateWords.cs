namespace XenShell.Core.Domains;

/// <summary>The words for the states, as in status and its JSON.</summary>
public static class DomainStateWords
{
    public static string Of(DomainState state) => state switch
    {
        DomainState.Off => "off",
        DomainState.Running => "running",
        DomainState.Starting => "starting",
        DomainState.Paused => "paused",
        DomainState.Down => "down",
        DomainState.Suspended => "suspended",
        DomainState.Crashed => "crashed",
        _ => "dying",
    };

    /// <summary>The state of a word; null for one that is none.</summary>
    public static DomainState? Find(string word) =>
        Enum.GetValues<DomainState>().Where(state => Of(state) == word).Select(state => (DomainState?)state).FirstOrDefault();
}
