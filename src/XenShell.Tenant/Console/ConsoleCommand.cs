using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Consoles;
using XenShell.Core.Grants;
using XenShell.Core.Native;
using XenShell.Tenant.Sessions;

namespace XenShell.Tenant.Console;

/// <summary>console, serial, and boot --console.</summary>
public static class ConsoleCommand
{
    private static readonly string[] OwnRoles = [RoleRights.Word(Role.Owner), RoleRights.Word(Role.Operator)];

    public static ExitCode Run(Session session, Invocation invocation)
    {
        var guest = invocation.Guest!;
        if (!Terminal.IsTerminal(Fd.Input) || !Terminal.IsTerminal(Fd.Output))
        {
            throw new UsageException($"a console needs a terminal; try: ssh -t HOST {invocation.Line}");
        }

        // A guest's own people know what it prints; everybody else's terminal is kept from it.
        var isOwn = OwnRoles.Contains(session.Guests.Role(guest));
        return new Bridge(session.Gate, invocation, isOwn || invocation.Has("raw") ? null : new ConsoleFilter(), session.Idle).Run();
    }
}
