namespace XenShell.Worker.Building;

/// <summary>An image's own, where its definition has one: of a file that was cut, or exchanged for another.</summary>
internal static class Checksum
{
    private const string Program = "/usr/bin/sha256sum";

    /// <exception cref="JobException">It is another one.</exception>
    internal static void Require(Site site)
    {
        if (site.Image.Checksum is not { } expected)
        {
            return;
        }

        var found = "";
        var code = site.Tools.Run(Program, ["--", site.Image.Source!], onLine: line => found = line);
        if (code != 0 || !found.StartsWith($"{expected} ", StringComparison.Ordinal))
        {
            throw new JobException("the image's file is not the one that its definition has the checksum of; please tell the administrator");
        }
    }
}
