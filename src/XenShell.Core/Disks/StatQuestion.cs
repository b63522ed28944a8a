using System.Globalization;
using System.Text;
using XenShell.Core.Native;

namespace XenShell.Core.Disks;

/// <summary>stat(1) of one path, in a program of its own that can be left behind.</summary>
internal sealed class StatQuestion
{
    private const string Stat = "/usr/bin/stat";
    private const int MaxAnswer = 16384; // a complaint has the path in it
    private static readonly TimeSpan EndTime = TimeSpan.FromMilliseconds(100);

    private readonly ChildProcess child;
    private readonly Fd output;

    /// <param name="path">A character a byte.</param>
    internal StatQuestion(string path)
    {
        (output, var write) = Fd.Pipe();
        using (write)
        {
            try
            {
                child = ChildProcess.Start(new SpawnRequest(Stat, [Stat, "--dereference", "--printf=%f %d %i %t %T", "--", path], [])
                {
                    Output = write,
                    Error = write,
                    NewSession = true,
                    HasByteArguments = true,
                });
            }
            catch
            {
                output.Dispose();
                throw;
            }
        }
    }

    /// <param name="identity">Null where there is no such entry.</param>
    /// <returns>False where that cannot be said: no answer in time, or an error of any other kind.</returns>
    internal bool TryAnswer(TimeSpan within, out DiskIdentity? identity)
    {
        using (output)
        {
            var code = child.Wait(within);
            if (child.TryKill(EndTime))
            {
                child.Dispose();
            }

            var answer = code is 0 or 1 ? Encoding.Latin1.GetString(output.ReadAll(MaxAnswer) ?? []) : "";
            identity = code == 0 ? Read(answer) : null;
            return code == 0 || answer.EndsWith(": No such file or directory\n", StringComparison.Ordinal) || answer.EndsWith(": Not a directory\n", StringComparison.Ordinal);
        }
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
