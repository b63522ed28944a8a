using XenShell.Core.Commands;
using XenShell.Core.Files;
using XenShell.Core.Grants;
using XenShell.Core.GuestFiles;

namespace XenShell.Core.Guests;

/// <summary>What one guest file says by itself: a guest, or why it is none.</summary>
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
            return new GuestEntry(file.Path, file.Stamp, null, e.Message, [], Blacklist.Empty, null, null, [], []);
        }
    }

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

    internal void Write(BinaryWriter to)
    {
        to.Write(Path);
        to.Write(Stamp.Device);
        to.Write(Stamp.Inode);
        to.Write(Stamp.Size);
        to.Write(Stamp.Modified);
        to.Write(Stamp.Changed);
        to.Write(Name?.Text ?? "");
        to.Write(Refusal ?? "");
        WriteAll(to, [.. Grants.SelectMany(grant => new[] { grant.Grantee.ToString(), RoleRights.Word(grant.Role), grant.Source })]);
        WriteAll(to, [.. Blacklist.Words]);
        to.Write(Memory ?? -1);
        to.Write(Vcpus ?? -1);
        WriteAll(to, Addresses);
        WriteAll(to, Remarks);
    }

    internal static GuestEntry Read(BinaryReader from)
    {
        var path = from.ReadString();
        var stamp = new FileStamp(from.ReadUInt64(), from.ReadUInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadInt64());
        var (name, refusal) = (from.ReadString(), from.ReadString());
        var grants = ReadAll(from);
        var blacklist = ReadAll(from);
        var (memory, vcpus) = (from.ReadInt64(), from.ReadInt64());
        return new GuestEntry(
            path,
            stamp,
            name.Length > 0 ? GuestName.Parse(name) : null,
            refusal.Length > 0 ? refusal : null,
            [.. grants.Chunk(3).Select(grant => new Grant(Grantee.Parse(grant[0]), RoleRights.Find(grant[1]), grant[2]))],
            blacklist.Length > 0 ? Blacklist.Parse(string.Join(',', blacklist)) : Blacklist.Empty,
            memory >= 0 ? memory : null,
            vcpus >= 0 ? vcpus : null,
            ReadAll(from),
            ReadAll(from));
    }

    private static void WriteAll(BinaryWriter to, IReadOnlyList<string> texts)
    {
        to.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts)
        {
            to.Write(text);
        }
    }

    private static string[] ReadAll(BinaryReader from)
    {
        var count = from.Read7BitEncodedInt();
        var texts = count == 0 ? [] : new string[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = from.ReadString();
        }

        return texts;
    }
}
