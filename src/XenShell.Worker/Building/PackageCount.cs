namespace XenShell.Worker.Building;

/// <summary>How far debootstrap(8) is: it fetches all packages first, and then unpacks and configures them one by one.</summary>
internal sealed class PackageCount
{
    // Its share of the time, about.
    private const double Fetching = 0.5;
    private const int StepsOfAPackage = 2;

    private int fetched, installed;

    /// <returns>0 to 1; null where the line tells nothing of it.</returns>
    internal double? Hear(string line)
    {
        if (line.StartsWith("I: Retrieving ", StringComparison.Ordinal))
        {
            fetched++;
            return null; // of how many it does not say
        }

        if (fetched == 0 || !(line.StartsWith("I: Unpacking ", StringComparison.Ordinal) || line.StartsWith("I: Configuring ", StringComparison.Ordinal)))
        {
            return null;
        }

        installed++;
        return Fetching + ((1 - Fetching) * Math.Min(1, installed / (double)(fetched * StepsOfAPackage)));
    }
}
