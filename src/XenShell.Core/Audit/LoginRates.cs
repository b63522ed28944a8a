using System.Text;
using XenShell.Core.Limits;
using XenShell.Core.Native;

namespace XenShell.Core.Audit;

/// <summary>
/// How fast one login may fill the record, over all of its sessions: RunFolder/rates/UID. Refusals past that
/// are counted, and the count stands in the login's next line.
/// </summary>
public sealed class LoginRates(HostLayout layout, uint uid)
{
    /// <summary>Whether one more refusal may be written down; it is counted otherwise.</summary>
    /// <param name="folded">Those counted since the last line.</param>
    public bool TryRefuse(long now, out int folded)
    {
        var counted = 0;
        var fits = Change(now, rates =>
        {
            var taken = rates.Refusals;
            var written = Sizes.Refusals.TryTake(ref taken, now);
            counted = written ? rates.Folded : 0;
            return (written, rates with { Refusals = taken, Folded = written ? 0 : rates.Folded + 1 });
        });
        folded = counted;
        return fits;
    }

    /// <summary>Whether one more act may be begun.</summary>
    public bool TryAct(long now) => Change(now, rates =>
    {
        var taken = rates.Acts;
        return (Sizes.Acts.TryTake(ref taken, now), rates with { Acts = taken });
    });

    /// <summary>The refusals counted since the last line, which are told now.</summary>
    public int TakeFolded()
    {
        var folded = 0;
        using var file = FileSystem.TryOpen(Path);
        if (file is not null)
        {
            Change(Environment.TickCount64, rates =>
            {
                folded = rates.Folded;
                return (true, rates with { Folded = 0 });
            });
        }

        return folded;
    }

    private string Path => $"{layout.RunFolder}/rates/{uid}";

    // What cannot be counted is not within any limit.
    private bool Change(long now, Func<RateCounts, (bool Result, RateCounts Next)> change)
    {
        try
        {
            Folders.Create($"{layout.RunFolder}/rates");
            using var file = FileSystem.OpenToAppend(Path);
            return file.TryLock(Waits.SmallWrite) && Change(file, now, change);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool Change(Fd file, long now, Func<RateCounts, (bool Result, RateCounts Next)> change)
    {
        // What cannot be read counts as used up, and comes back as time goes by.
        var bytes = file.ReadAll(Sizes.Rates);
        var before = bytes is { Length: 0 } ? new RateCounts() : bytes is null ? null : RateCounts.Parse(Encoding.ASCII.GetString(bytes));
        var (result, next) = change(before ?? new RateCounts(Sizes.Refusals.UsedUp(now), Sizes.Acts.UsedUp(now)));
        if (next != before)
        {
            file.Truncate();
            file.WriteAll(Encoding.ASCII.GetBytes(next.Line));
        }

        return result;
    }
}
