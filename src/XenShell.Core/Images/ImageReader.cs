using XenShell.Core.Configuration;
using XenShell.Core.Grants;
using static XenShell.Core.Configuration.KeyValueFile;

namespace XenShell.Core.Images;

/// <summary>
/// Reads an image's definition. Every value ends up in the argv of a program that root runs: each has a
/// grammar of its own, and none begins with '-'.
/// </summary>
public static class ImageReader
{
    private const int MaxTitle = 60, MaxDescription = 400; // a line of a screen, and a few
    private const int MaxMib = 64 << 20; // 64 TiB
    private static readonly string[] InstallMethods = ["tar", "copy", "debootstrap", "rinse"];
    private static readonly string[] Filesystems = ["ext2", "ext3", "ext4", "xfs", "btrfs"];

    /// <exception cref="ConfigurationException">file:line: key: reason.</exception>
    public static Image Parse(string name, string file, byte[] bytes)
    {
        var image = new Image(name, file) { Method = (ImageMethod)(-1) };
        foreach (var (where, key, value) in Entries(file, bytes))
        {
            image = key switch
            {
                "title" => image with { Title = Printable(where, key, value, MaxTitle) },
                "description" => image with { Description = Printable(where, key, value, MaxDescription) },
                "method" => image with { Method = Method(where, value) },
                "dist" => image with { Dist = Word(where, key, value) },
                "install_method" => image with { InstallMethod = OneOf(where, key, value, InstallMethods) },
                "source" => image with { Source = PlainPath(where, key, value) },
                "mirror" => image with { Mirror = Url(where, key, value) },
                "filesystem" => image with { Filesystem = OneOf(where, key, value, Filesystems) },
                "roles" => image with { Roles = [.. GrantList.Words(value).Select(word => Word(where, key, word))] },
                "program" => image with { Program = PlainPath(where, key, value) },
                "min_disk" => image with { MinDisk = Number(where, key, value, "MiB", MaxMib) },
                "max_disk" => image with { MaxDisk = Number(where, key, value, "MiB", MaxMib) },
                "min_memory" => image with { MinMemory = Number(where, key, value, "MiB", MaxMib) },
                "guests" => image with { Guests = [.. GrantList.Words(value).Select(word => Pattern(where, key, word))] },
                "users" => image with { Users = Grantees(where, key, value) },
                _ => throw Error(where, key, "unknown key; xen-shell.conf(5) lists them"),
            };
        }

        return Missing(image) is { } missing ? throw new ConfigurationException($"{file}: {missing}") : image;
    }

    private static string? Missing(Image image) => image switch
    {
        { Method: ImageMethod.Command, Program: null } => "program is missing; method = command needs it",
        { Method: ImageMethod.Command } => null,
        { Method: ImageMethod.XenTools, Dist: null } => "dist is missing; method = xen-tools needs it",
        { Method: ImageMethod.XenTools, InstallMethod: "tar" or "copy", Source: null } => $"source is missing; install_method = {image.InstallMethod} needs it",
        { Method: ImageMethod.XenTools } => null,
        _ => "method is missing: xen-tools or command",
    };

    private static ImageMethod Method(string where, string value) => value switch
    {
        "xen-tools" => ImageMethod.XenTools,
        "command" => ImageMethod.Command,
        _ => throw Error(where, "method", $"'{value}' must be xen-tools or command"),
    };

    private static string OneOf(string where, string key, string value, string[] words) =>
        words.Contains(value) ? value : throw Error(where, key, $"'{value}' must be one of {string.Join(", ", words)}");

    private static string Word(string where, string key, string value) =>
        value.Length is > 0 and <= 40 && char.IsAsciiLetterOrDigit(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? value
            : throw Error(where, key, $"'{value}' must be letters, digits, '.', '_' and '-'");

    private static string Pattern(string where, string key, string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '*' or '?')
            ? value
            : throw Error(where, key, $"'{value}' must be a guest's name; * and ? stand for others");

    private static string PlainPath(string where, string key, string value) =>
        AbsolutePath(where, key, value).All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+')
            ? value
            : throw Error(where, key, $"'{value}' must be a path of letters, digits, '.', '_', '-' and '+'");

    private static string Url(string where, string key, string value) =>
        (value.StartsWith("http://", StringComparison.Ordinal) || value.StartsWith("https://", StringComparison.Ordinal) || value.StartsWith("file:///", StringComparison.Ordinal))
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or ':' or '+' or '~')
            ? value
            : throw Error(where, key, $"'{value}' must be a http, https or file URL");
}
