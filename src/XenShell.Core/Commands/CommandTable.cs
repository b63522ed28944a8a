namespace XenShell.Core.Commands;

/// <summary>Every command, declared once.</summary>
public static class CommandTable
{
    /// <summary>In the order of help.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        KnownCommands.List, KnownCommands.Status, KnownCommands.Info, KnownCommands.Control, KnownCommands.Boot,
        KnownCommands.Shutdown, KnownCommands.Poweroff, KnownCommands.Reboot, KnownCommands.Reset, KnownCommands.Pause,
        KnownCommands.Unpause, KnownCommands.Sysreq, KnownCommands.Console, KnownCommands.Log, KnownCommands.Uptime,
        KnownCommands.Version, KnownCommands.Whoami, KnownCommands.Help, KnownCommands.Exit, KnownCommands.Guests,
        KnownCommands.Watch, KnownCommands.Refused,
    ];

    /// <summary>What people may type, in the order of help.</summary>
    public static IEnumerable<Command> ForPeople => All.Where(command => command.IsForPeople);

    /// <summary>By name or alias; the letters' case does not matter to people.</summary>
    public static Command? Find(string word) =>
        ForPeople.FirstOrDefault(command => command.Answers(word.ToLowerInvariant()));

    /// <summary>The command that the gate knows by this exact word.</summary>
    public static Command? FindVerb(string verb) => All.FirstOrDefault(command => command.Verb == verb);
}
