using XenShell.Core.Commands;
using XenShell.Core.Files;
using XenShell.Core.Grants;
using XenShell.Core.GuestFiles;
using XenShell.Core.Names;

namespace XenShell.Core.Guests;

/// <summary>What one guest file says by itself: a guest, or why it is none. Of a file of grants.d only the grants are there.</summary>
/// <param name="Path">Without links.</param>
/// <param name="Refusal">Null where it is a guest's.</param>
/// <param name="Remarks">What xl only warns about, and what is left out for that.</param>
internal sealed record GuestEntry(
    string Path,
    FileStamp Stamp,
    GuestName? Name,
    string? Refusal,
    IReadOnlyList<Grant> Grants,
    Blacklist Blacklist,
    long? Memory,
    long? Vcpus,
    IReadOnlyList<string> Addresses,
    IReadOnlyList<string> Remarks)
{
    private const int MaxAddresses = 16;

    internal static GuestEntry Of(TrustedFile file)
    {
        try
        {
            return Parse(file);
        }
        catch (Exception e) when (e is XlConfigException or FormatException)
        {
            return Nothing(file) with { Refusal = e.Message };
        }
    }

    internal static GuestEntry OfGrants(TrustedFile file)
    {
        try
        {
            return Nothing(file) with { Grants = GrantFile.Parse(file.Bytes, file.Path) };
        }
        catch (FormatException e)
        {
            return Nothing(file) with { Refusal = e.Message };
        }
    }

    private static GuestEntry Nothing(TrustedFile file) => new(file.Path, file.Stamp, null, null, [], Blacklist.Empty, null, null, [], []);

    private static GuestEntry Parse(TrustedFile file)
    {
        RequirePlainPath(file.Path);
        var config = XlConfig.Parse(file.Bytes, file.Path);
        if (!GuestName.TryParse(config.GetString("name"), out var name))
        {
            throw new FormatException("it has no name, or one that is refused: letters, digits, '.', '_' and '-', no '..', not digits alone, 63 at most");
        }

        var remarks = new List<string>();
        return new GuestEntry(
            file.Path,
            file.Stamp,
            name,
            null,
            GrantList.Parse(config.GetString("xen_shell") ?? "", file.Path, config.LineOf("xen_shell")),
            Blacklist.Parse(config.GetString("xen_shell_blacklist") ?? ""),
            OrRemark(remarks, () => config.GetInteger("memory")),
            OrRemark(remarks, () => config.GetInteger("vcpus")),
            Vif.Addresses(OrRemark(remarks, () => config.GetStrings("vif")) ?? [], MaxAddresses),
            remarks);
    }

    // Of these xl warns, and starts the guest: its people must not lose it, and its administrator is told.
    private static T? OrRemark<T>(List<string> remarks, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (XlConfigException e)
        {
            remarks.Add(e.Message);
            return default;
        }
    }

    // In "xl create" an argument with '=' is configuration text, and one with '-' in front an option.
    private static void RequirePlainPath(string path)
    {
        if (!path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+' or '@' or ':'))
        {
            throw new FormatException("the path has a character that a toolstack could misread; rename the file");
        }
    }
}
