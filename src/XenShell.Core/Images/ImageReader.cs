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
    private const int ChecksumDigits = 64;
    private static readonly string[] InstallMethods = ["tar", "copy", "debootstrap", "rinse"];
    private static readonly string[] Filesystems = ["ext2", "ext3", "ext4"]; // what debugfs(8) can put files into

    /// <exception cref="ConfigurationException">file:line: key: reason.</exception>
    public static Image Parse(string name, string file, byte[] bytes)
    {
        var image = new Image(name, file) { Method = (ImageMethod)(-1) };
        var places = new Dictionary<string, string>(StringComparer.Ordinal); // of the keys
        foreach (var (where, key, value) in Entries(file, bytes))
        {
            places[key] = where;
            image = key switch
            {
                "title" => image with { Title = Printable(where, key, value, MaxTitle) },
                "description" => image with { Description = Printable(where, key, value, MaxDescription) },
                "method" => image with { Method = ImageWords.MethodOf(value) ?? throw Error(where, key, $"'{value}' must be {ImageWords.AllMethods}") },
                "dist" => image with { Dist = Word(where, key, value) },
                "install_method" => image with { InstallMethod = OneOf(where, key, value, InstallMethods) },
                "source" => image with { Source = PlainPath(where, key, value) },
                "sha256" => image with { Checksum = Checksum(where, key, value) },
                "mirror" => image with { Mirror = value.StartsWith('/') ? PlainPath(where, key, value) : Url(where, key, value) },
                "packages" => image with { Packages = [.. GrantList.Words(value).Select(word => Package(where, key, word))] },
                "filesystem" => image with { Filesystem = OneOf(where, key, value, Filesystems) },
                "roles" => image with { Roles = [.. GrantList.Words(value).Select(word => Word(where, key, word))] },
                "program" => image with { Program = PlainPath(where, key, value) },
                "kernel" => image with { Kernel = PlainPath(where, key, value) },
                "ramdisk" => image with { Ramdisk = PlainPath(where, key, value) },
                "min_disk" => image with { MinDisk = Number(where, key, value, "MiB", MaxMib) },
                "max_disk" => image with { MaxDisk = Number(where, key, value, "MiB", MaxMib) },
                "min_memory" => image with { MinMemory = Number(where, key, value, "MiB", MaxMib) },
                "guests" => image with { Guests = Some(where, key, [.. GrantList.Words(value).Select(word => Pattern(where, key, word))]) },
                "users" => image with { Users = Some(where, key, Grantees(where, key, value)) },
                _ => throw Error(where, key, "unknown key; xen-shell.conf(5) lists them"),
            };
        }

        if (Missing(image) is { } missing)
        {
            throw new ConfigurationException($"{file}: {missing}");
        }

        if (places.Keys.FirstOrDefault(key => !ImageWords.IsFor(key, image.Method)) is { } idle)
        {
            throw Error(places[idle], idle, $"means nothing with method = {ImageWords.Of(image.Method)}");
        }

        return image with { Places = places };
    }

    private static string? Missing(Image image) => image switch
    {
        { Method: ImageMethod.Command, Program: null } => "program is missing; method = command needs it",
        { Method: ImageMethod.XenTools, Dist: null } => "dist is missing; method = xen-tools needs it",
        { Method: ImageMethod.XenTools, InstallMethod: "tar" or "copy", Source: null } => $"source is missing; install_method = {image.InstallMethod} needs it",
        { Method: ImageMethod.Mmdebstrap, Dist: null } => "dist is missing; method = mmdebstrap needs it",
        { Method: ImageMethod.XenTools, Mirror: ['/', ..] } => "mirror must be a URL with method = xen-tools",
        { Method: ImageMethod.Tar or ImageMethod.Mmdebstrap or ImageMethod.Raw, Source: null } => $"source is missing; method = {ImageWords.Of(image.Method)} needs it",
        { Method: (ImageMethod)(-1) } => $"method is missing: {ImageWords.AllMethods}",
        { MinDisk: { } least, MaxDisk: { } most } when least > most => $"min_disk is {least}, and max_disk is {most}",
        _ => null,
    };

    // An empty list would be open to all, which is not what is meant by taking the last one out.
    private static T[] Some<T>(string where, string key, T[] list) =>
        list.Length > 0 ? list : throw Error(where, key, "names nobody; without the key it is for all");

    private static string Checksum(string where, string key, string value) =>
        value.Length == ChecksumDigits && value.All(char.IsAsciiHexDigit)
            ? value.ToLowerInvariant()
            : throw Error(where, key, $"must be {ChecksumDigits} hexadecimal digits, as sha256sum(1) prints them");

    private static string OneOf(string where, string key, string value, string[] words) =>
        words.Contains(value) ? value : throw Error(where, key, $"'{value}' must be one of {string.Join(", ", words)}");

    private static string Word(string where, string key, string value) =>
        value.Length is > 0 and <= 40 && char.IsAsciiLetterOrDigit(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? value
            : throw Error(where, key, $"'{value}' must be letters, digits, '.', '_' and '-'");

    // deb-control(5), and "linux-image-amd64/bookworm-backports" is not for us
    private static string Package(string where, string key, string value) =>
        value.Length is > 1 and <= 100 && char.IsAsciiLetterOrDigit(value[0]) && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '+' or '.' or '-')
            ? value
            : throw Error(where, key, $"'{value}' must be the name of a package");

    private static string Pattern(string where, string key, string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '*' or '?')
            ? value
            : throw Error(where, key, $"'{value}' must be a guest's name; * and ? stand for others");

    private static string PlainPath(string where, string key, string value) =>
        AbsolutePath(where, key, value).All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+')
            ? value
            : throw Error(where, key, $"'{value}' must be a path of letters, digits, '.', '_', '-' and '+'");

    private static string Url(string where, string key, string value) =>
        (value.StartsWith("http://", StringComparison.Ordinal) || value.StartsWith("https://", StringComparison.Ordinal) || value.StartsWith(ImageTrust.FilesUrl, StringComparison.Ordinal))
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or ':' or '+' or '~')
            ? value
            : throw Error(where, key, $"'{value}' must be a http, https or file URL");
}
