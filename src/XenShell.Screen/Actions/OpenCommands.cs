using XenShell.Core.Commands;
using XenShell.Core.Domains;
using XenShell.Core.Grants;
using XenShell.Core.Reports;

namespace XenShell.Screen.Actions;

/// <summary>
/// What the user can do with a guest now, by the command table: only that is offered. A courtesy, as the
/// gate decides anyway.
/// </summary>
internal static class OpenCommands
{
    /// <summary>Those with a key, in the order of help.</summary>
    internal static IReadOnlyList<Command> For(WatchedGuest guest, CommandTable table) =>
        [.. table.ForPeople.Where(command => command.ScreenKey is not null && IsOpen(command, guest))];

    internal static bool IsOpen(Command command, WatchedGuest guest) =>
        RoleRights.Of(guest.Guest.Role).HasFlag(command.Right)
        && guest.Closed?.Contains(command.Name) != true
        && (command.States is not { } states || DomainStateWords.Find(guest.Guest.State) is not { } state || states.Contains(state));

    /// <summary>Why a command is not open, and what would be.</summary>
    internal static string WhyNot(Command command, WatchedGuest guest) =>
        !RoleRights.Of(guest.Guest.Role).HasFlag(command.Right) || guest.Closed?.Contains(command.Name) == true
            ? $"{command.Name} is not open to you as {guest.Guest.Name}'s {guest.Guest.Role}"
            : $"{guest.Guest.Name} is {guest.Guest.State}: {command.Name} makes no sense now";
}
