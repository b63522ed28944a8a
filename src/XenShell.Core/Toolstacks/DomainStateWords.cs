namespace XenShell.Core.Toolstacks;

/// <summary>The words for the states, as in status and its JSON.</summary>
public static class DomainStateWords
{
    public static string Of(DomainState state) => state switch
    {
        DomainState.Off => "off",
        DomainState.Running => "running",
        DomainState.Starting => "starting",
        DomainState.Paused => "paused",
        DomainState.ShuttingDown => "shutting-down",
        DomainState.Crashed => "crashed",
        _ => "dying",
    };
}
