using XenShell.Core.Commands;
using XenShell.Tenant.Dispatch;
using XenShell.Tenant.Sessions;

namespace XenShell.Screen.Pages;

/// <summary>F1: the keys and the commands, out of the command table; or one command.</summary>
internal sealed class HelpPage(Session session, Command? topic)
    : TextPage(topic is null ? "help" : $"help {topic.Name}", () => topic is null ? Overview(session) : Help.Of(topic).Split('\n'))
{
    private static readonly string[] Keys =
    [
        "Keys",
        "  ↑ ↓ PgUp PgDn Home End  choose a guest",
        "  Enter   its details and menu",
        "  Esc     back; puts a message away",
        "  /       filter by name, state, owner or address; in a text: search",
        "  o       order by another column",
        "  :       command line, with Tab and history",
        "  m       all that the last command said",
        "  Ctrl-C  stop waiting for the command under way",
        "  F1 ?    this page",
        "  q       leave",
        "",
        "With the chosen guest",
    ];

    protected override IReadOnlyList<string> Lines(int columns) => Wrapped(base.Lines(columns), columns);

    private static IReadOnlyList<string> Overview(Session session) =>
    [
        .. Keys,
        .. session.Commands.ForPeople.Where(command => command.ScreenKey is not null && session.MayUse(command))
            .Select(command => $"  {command.ScreenKey}   {command.Name,-10} {command.Summary}"),
        "",
        "On the command line (':help COMMAND' explains one)",
        .. session.Commands.ForPeople.Where(session.MayUse).Select(command => $"  {command.Usage}"),
    ];
}
