using System.Text;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Files;
using XenShell.Core.Native;

namespace XenShell;

/// <summary>
/// Starts over, once, with an environment of our own making and an absolute argv[0]: the client chose
/// the one we came with (LD_PRELOAD, DOTNET_*, TERM, PATH, …), and a crash would run createdump from
/// dirname(argv[0]).
///
/// There is no marker for "already clean" that somebody could forge: the environment is compared with
/// the one that we would make of it. Making it clean twice gives the same, so this happens once.
/// </summary>
internal static class CleanStart
{
    private const int MaxTerm = 64;

    internal static void Ensure(HostLayout layout, string[] arguments)
    {
        var program = ThisProcess.ExecutablePath;
        var actual = ReadNulSeparated("/proc/self/environ");
        var account = Accounts.ByUid(ThisProcess.RealUid);
        var clean = Clean(actual, account, layout);
        if (!actual.SequenceEqual(clean) || ReadNulSeparated("/proc/self/cmdline").FirstOrDefault() != program)
        {
            ThisProcess.Execute(program, [program, .. arguments], clean);
        }

        ThisProcess.EnterRootFolder();
    }

    /// <summary>Of "NAME=value" strings, those that we believe, vetted, in a fixed order.</summary>
    internal static IReadOnlyList<string> Clean(IReadOnlyList<string> environment, Account? account, HostLayout layout)
    {
        string? Value(string name) =>
            environment.FirstOrDefault(entry => entry.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

        List<string> clean =
        [
            "PATH=/usr/bin:/bin",
            $"HOME={Plain(account?.Home, "/")}",
            $"USER={Plain(account?.Name, "nobody")}",
            $"LOGNAME={Plain(account?.Name, "nobody")}",
            $"SHELL={layout.Shell}",
            $"TERM={Term(Value("TERM"))}",
            $"LANG={(IsUtf8(Value("LC_ALL") ?? Value("LC_CTYPE") ?? Value("LANG")) ? "C.UTF-8" : "C")}",
        ];
        if (!string.IsNullOrEmpty(Value("NO_COLOR")))
        {
            clean.Add("NO_COLOR=1");
        }

        if (Value("SSH_ORIGINAL_COMMAND") is { } command)
        {
            clean.Add("SSH_ORIGINAL_COMMAND=" + Printable(command));
        }

        return clean;
    }

    // Anything else could read back differently, and we would start over for ever.
    private static string Plain(string? text, string otherwise) =>
        text is not null && text.All(c => c is > ' ' and <= '~') ? text : otherwise;

    // Only ever compared with "dumb": nothing here opens terminfo.
    private static string Term(string? term) =>
        term is { Length: > 0 and <= MaxTerm } && char.IsAsciiLetterOrDigit(term[0])
        && term.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '.' or '_' or '-')
            ? term
            : "dumb";

    private static bool IsUtf8(string? locale) =>
        locale is not null
        && (locale.EndsWith(".UTF-8", StringComparison.OrdinalIgnoreCase) || locale.EndsWith(".utf8", StringComparison.OrdinalIgnoreCase));

    // What is not printable ASCII is refused later; here it only must not change again when read back.
    private static string Printable(string text) =>
        string.Concat(text.Take(CommandLine.MaxLength + 1).Select(c => c is >= ' ' and <= '~' ? c : '?'));

    private static string[] ReadNulSeparated(string path)
    {
        const int most = 4 << 20; // the kernel's limit for arguments and environment together is near
        using var file = Folders.TryOpen(path) ?? throw new IOException($"{path} is missing");
        var text = Encoding.Latin1.GetString(Folders.ReadAll(file, most) ?? []);
        return text.Length == 0 ? [] : text.TrimEnd('\0').Split('\0');
    }
}
