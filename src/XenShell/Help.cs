using XenShell.Core.Commands;
using XenShell.Core.Configuration;

namespace XenShell;

/// <summary>help, out of the command table.</summary>
internal static class Help
{
    internal static void List(Settings settings)
    {
        Tell.Line($"{settings.Banner}\n");
        foreach (var command in CommandTable.ForPeople.Where(command => !settings.Blacklist.Names(command)))
        {
            Tell.Line($"  {command.Name,-10} {command.Summary}");
        }

        Tell.Line("\n'help COMMAND' explains one. A command without a guest is about the chosen one,\nor about your only one; a guest's name alone chooses it.");
    }

    internal static void Explain(Command command)
    {
        Tell.Line($"{command.Usage}\n");
        Tell.Line(command.Help + "\n");
        foreach (var option in command.Options)
        {
            Tell.Line($"  {option.Usage,-18} {option.Summary}");
        }

        if (command.Aliases.Count > 0)
        {
            Tell.Line($"Also: {string.Join(", ", command.Aliases)}");
        }
    }
}
