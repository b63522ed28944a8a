using XenShell.Core.Commands;
using XenShell.Core.Configuration;

namespace XenShell.Tenant.Dispatch;

/// <summary>help, out of the command table.</summary>
public static class Help
{
    /// <summary>All commands that are open.</summary>
    public static string List(Settings settings, CommandTable table) =>
        $"{settings.Banner}\n\n"
        + string.Concat(table.ForPeople.Where(command => !settings.Blacklist.Names(command)).Select(command => $"  {command.Name,-10} {command.Summary}\n"))
        + "\n'help COMMAND' explains one. A command without a guest is about the chosen one,\nor about your only one; a guest's name alone chooses it.";

    /// <summary>One command, in lines that are not wrapped yet.</summary>
    public static string Of(Command command) =>
        $"{command.Usage}\n\n{command.Help}\n"
        + string.Concat(command.Options.Select(option => $"\n  {option.Usage,-18} {option.Summary}"))
        + (command.Aliases.Count > 0 ? $"\nAlso: {string.Join(", ", command.Aliases)}" : "");
}
