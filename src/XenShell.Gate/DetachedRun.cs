using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// What does more than look runs in a child in a session of its own. The caller's timers
/// pass through exec into sudo, and where sudo stays (sudo-rs does, and sudo without /etc/sudoers.d/xen-shell-direct)
/// it kills the gate it started when one goes off: at a moment of the caller's choice, between poweroff and boot, with
/// no outcome on record; or while root's console client has the caller's terminal, which then nobody would take back.
/// It cannot reach the child, nor can a terminal.
/// </summary>
internal static class DetachedRun
{
    private const int LastExitCode = 128; // above: killed by a signal
    private static readonly string[] IdentityVariables = ["SUDO_UID", "SUDO_USER"];

    // sudo's own, whatever the caller does, and not among what the child is given: only the child can be without it.
    private const string SudosVariable = "SUDO_COMMAND";

    /// <summary>Such a verb, and we are not that child yet.</summary>
    /// <param name="words">The verb, and what follows it.</param>
    internal static bool IsDue(IReadOnlyList<string> words) =>
        words.Count > 0
        && CommandTable.Product.FindVerb(words[0]) is { OnlyLooks: false }
        && !(Environment.GetEnvironmentVariable(SudosVariable) is null && ThisProcess.LeadsItsSession && ThisProcess.ParentExecutablePath == ThisProcess.ExecutablePath);

    /// <summary>Runs this program once more with the same words, and passes on its exit code.</summary>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        if (ThisProcess.EffectiveUid == 0)
        {
            ControlGroup.LeaveTheSessions(); // xl's process for the guest stays where it is started
        }

        var program = ThisProcess.ExecutablePath;
        using var child = ChildProcess.Start(new SpawnRequest(program, [program, .. arguments], Identity())
        {
            Input = Fd.Input,
            Output = Fd.Output,
            Error = Fd.Error,
            NewSession = true,
        });
        var code = child.Wait(Timeout.InfiniteTimeSpan)!.Value;
        return code <= LastExitCode
            ? code
            : throw new GateRefusal(ExitCode.Failed, "it was ended halfway by this host; 'status' shows how far it came", $"the child of {string.Join(' ', arguments)} ended with {code}");
    }

    // Who called is all that the child needs of the environment; it looks the rest up by itself.
    private static string[] Identity() =>
        [.. IdentityVariables.Where(name => Environment.GetEnvironmentVariable(name) is not null)
            .Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}")];
}
