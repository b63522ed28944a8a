using XenShell.Core;
using XenShell.Tenant;
using XenShell.Tenant.Dispatch;
using XenShell.Tenant.Sessions;

namespace XenShell;

/// <summary>What the arguments of the login shell ask for.</summary>
internal static class StartMode
{
    internal static ExitCode Run(HostLayout layout, string[] arguments)
    {
        var session = new Session(layout);
        if (OwnSessions.Before(layout) is > 0 and var others && others >= session.Settings.MaxSessions)
        {
            Tell.Error($"{others} sessions of yours are open already; close one and try again");
            return ExitCode.Busy;
        }

        switch (arguments)
        {
            case []:
                return Interactive(session);
            case ["--prompt"]:
                return PromptLoop.Run(session);

            // ForceCommand: sshd runs us through ourselves, and what the client wanted is in its variable.
            case ["-c", var self] when self == layout.Shell || self == layout.LoginShell:
                return Environment.GetEnvironmentVariable("SSH_ORIGINAL_COMMAND") is { } wanted
                    ? Asked(session, wanted)
                    : Interactive(session);
            case ["-c", var line]:
                return Asked(session, line);
            case ["--control", var guest]:
                return LineRunner.Run(session, $"control {guest}", () => session.Choose(guest)) is var code and not ExitCode.Done
                    ? code
                    : PromptLoop.Run(session);
            case ["--version"]:
                Tell.Line($"xen-shell {HostLayout.Version}");
                return ExitCode.Done;
            case ["--help"]:
                Tell.Line(Help.List(session.Settings, session.Commands));
                return ExitCode.Done;
            default:
                Tell.Error("usage: xen-shell [--prompt | --control GUEST | -c 'COMMAND' | --version | --help]");
                return ExitCode.Usage;
        }
    }

    // ssh passes words to a login shell only so, and whoever cannot use the screen has to get to the prompt.
    private static ExitCode Asked(Session session, string line) =>
        line == "xen-shell --prompt" ? PromptLoop.Run(session) : OneShot.Run(session, line);

    // Returns from the screen only when it cannot be had.
    private static ExitCode Interactive(Session session)
    {
        if (session.Settings.UsesScreen && FullScreenStart.IsPossible())
        {
            FullScreenStart.Execute(session.Layout);
        }

        return PromptLoop.Run(session);
    }
}
