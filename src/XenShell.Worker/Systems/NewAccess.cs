using System.Text;
using XenShell.Core.Access;

namespace XenShell.Worker.Systems;

/// <summary>Who gets into the new system as root, and how it shows that it is the one.</summary>
/// <param name="Keys">Lines for authorized_keys; those that the image had go.</param>
/// <param name="PasswordHash">As shadow(5) has it; null for none: then nobody gets in by one, whatever the image had.</param>
/// <param name="HostKeys">Of sshd.</param>
internal sealed record NewAccess(IReadOnlyList<string> Keys, string? PasswordHash, IReadOnlyList<SystemFile> HostKeys)
{
    private const string Shadow = "etc/shadow", AuthorizedKeys = "root/.ssh/authorized_keys";
    private const UnixFileMode OwnersFolder = SystemFile.Private | UnixFileMode.UserExecute;

    // Of kinds that nothing makes any more, and an old system still offers.
    private static readonly string[] OldHostKeys = ["etc/ssh/ssh_host_dsa_key", "etc/ssh/ssh_host_key"];

    /// <summary>Of its host keys the public halves.</summary>
    internal IReadOnlyList<PublicKey> PublicHostKeys =>
        [.. HostKeys.Where(file => file.Path.EndsWith(".pub", StringComparison.Ordinal)).SelectMany(file => PublicKey.In(Encoding.Latin1.GetString(file.Content!)).Take(1))];

    internal IEnumerable<SystemFile> Files(IBaseSystem system)
    {
        if (Keys.Count > 0 || system.Has(AuthorizedKeys))
        {
            yield return SystemFile.Folder("root/.ssh", OwnersFolder);
            yield return SystemFile.Text(AuthorizedKeys, string.Concat(Keys.Select(key => key + "\n")), SystemFile.Private);
        }

        if (system.Has(Shadow))
        {
            var shadow = system.Read(Shadow) ?? throw new JobException("the image's list of passwords is no file that can be changed"); // and would let in whom it lets in
            yield return shadow with { Content = Encoding.Latin1.GetBytes(WithPassword(Encoding.Latin1.GetString(shadow.Content!), PasswordHash ?? "*")) };
        }

        foreach (var key in HostKeys)
        {
            yield return key;
        }

        foreach (var path in OldHostKeys.Where(system.Has))
        {
            yield return SystemFile.Text(path, "", SystemFile.Private); // all customers of the image know it
        }
    }

    /// <summary>The same list with another password of root's, set today so that nobody has to change it at once.</summary>
    /// <exception cref="JobException">It has no root.</exception>
    internal static string WithPassword(string shadow, string hash)
    {
        var lines = shadow.Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith("root:", StringComparison.Ordinal));
        if (at < 0 || lines[at].Split(':') is not [_, _, _, .. var rest])
        {
            throw new JobException("the image's list of passwords has no root");
        }

        var today = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 86400;
        lines[at] = string.Join(':', ["root", hash, $"{today}", .. rest]);
        return string.Join('\n', lines);
    }
}
