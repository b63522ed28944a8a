using XenShell.Core.Commands;
using XenShell.Core.Grants;
using XenShell.Core.Native;

namespace XenShell.Gate;

/// <summary>
/// What changes a guest runs in a child in a session of its own. The caller's timers pass through exec
/// into sudo, and when one goes off sudo kills the gate it started: at a moment of the caller's choice,
/// between poweroff and boot, with no outcome on record. It cannot reach the child, nor can a terminal.
/// </summary>
internal static class Errand
{
    private static readonly string[] IdentityVariables = ["SUDO_UID", "SUDO_USER"];

    /// <summary>A verb that changes a guest, and we are not that child yet.</summary>
    internal static bool IsDue(IReadOnlyList<string> arguments) =>
        arguments.Count > 0
        && CommandTable.FindVerb(arguments[0])?.Right == Rights.Power
        && !(ThisProcess.LeadsItsSession && ThisProcess.ParentExecutablePath == ThisProcess.ExecutablePath);

    /// <summary>Runs this program once more with the same words, and passes on its exit code.</summary>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        var program = ThisProcess.ExecutablePath;
        using var child = ChildProcess.Start(new SpawnRequest(program, [program, .. arguments], Identity())
        {
            Input = Fd.Input,
            Output = Fd.Output,
            Error = Fd.Error,
            NewSession = true,
        });
        return child.Wait(Timeout.InfiniteTimeSpan)!.Value;
    }

    // Who called is all that the child needs of the environment; it looks the rest up by itself.
    private static string[] Identity() =>
        [.. IdentityVariables.Where(name => Environment.GetEnvironmentVariable(name) is not null)
            .Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}")];
}
