using System.Diagnostics;

namespace XenShell.SystemTests.Harness;

/// <summary>Roots of Debian releases that this machine is not (tests/host/releases.sh). Where they cannot be had, tests/run.sh leaves tests out by their category.</summary>
internal static class Releases
{
    internal const string Category = nameof(Releases);

    /// <summary>An archive with a few programs of that release: "trixie".</summary>
    internal static string Archive(string release)
    {
        using var script = Process.Start(new ProcessStartInfo(Path.Combine(Host.ScriptFolder(), "releases.sh")) { RedirectStandardOutput = true })!;
        var folder = script.StandardOutput.ReadToEnd().TrimEnd('\n');
        script.WaitForExit();
        Assert.That(script.ExitCode, Is.Zero);
        return Path.Combine(folder, $"{release}.tar");
    }
}
