using System.Globalization;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>stat(1) of one path.</summary>
internal static class PathQuestion
{
    private const string Stat = "/usr/bin/stat";

    private static readonly string[] NoEntry = [": No such file or directory\n", ": Not a directory\n"];

    /// <param name="path">A character a byte.</param>
    internal static Question Ask(string path) => new(Stat, "--dereference", "--printf=%f %d %i %t %T", "--", path);

    /// <param name="identity">Null where there is no such entry.</param>
    /// <returns>False where that cannot be said: no answer in time, or an error of any other kind.</returns>
    internal static bool TryRead((int? Code, string Text) answer, out DiskIdentity? identity)
    {
        identity = answer.Code == 0 ? Read(answer.Text) : null;
        return answer.Code == 0 || NoEntry.Any(error => answer.Text.EndsWith(error, StringComparison.Ordinal));
    }

    // mode, and the numbers of a device, are hexadecimal
    private static DiskIdentity Read(string text)
    {
        var words = text.Split(' ');
        var mode = uint.Parse(words[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var own = DeviceNumber.Parse($"{words[3]}:{words[4]}", NumberStyles.AllowHexSpecifier) ?? 0;
        return DiskIdentity.Of(FileStatus.KindOf(mode), ulong.Parse(words[1], CultureInfo.InvariantCulture), ulong.Parse(words[2], CultureInfo.InvariantCulture), own);
    }
}
