using System.Globalization;

namespace XenShell.Core.Native;

/// <summary>What a device of the device mapper is made of, by dmsetup(8): tables made by hand, or by kpartx, may lie over each other.</summary>
public static class DeviceMapper
{
    private const string Program = "/usr/sbin/dmsetup";
    private const int Sector = 512;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3); // the kernel answers from memory

    /// <returns>Null where not all of it is a plain stretch of something.</returns>
    public static IReadOnlyList<DeviceMapping>? Stretches(ulong device)
    {
        try
        {
            var table = Captured.Run(Program, ["table", "--major", Text(DeviceNumber.Major(device)), "--minor", Text(DeviceNumber.Minor(device))], [], Patience);
            return table is { ExitCode: 0, IsWhole: true } ? Parse(table.Output) : null;
        }
        catch (ErrnoException)
        {
            return null; // it is not installed
        }
    }

    /// <summary>Lines of "0 16384 linear 7:6 2048", in sectors.</summary>
    public static IReadOnlyList<DeviceMapping>? Parse(string table)
    {
        var all = new List<DeviceMapping>();
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is not [var start, var length, "linear", var below, var offset]
                || Number(start) is not { } from || Number(length) is not { } size || Number(offset) is not { } at || DeviceNumber.Parse(below) is not { } number)
            {
                return null;
            }

            all.Add(new DeviceMapping(number, from * Sector, size * Sector, at * Sector));
        }

        return all.Count > 0 ? all : null;
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue / Sector ? number : null;

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
