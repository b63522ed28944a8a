using System.Globalization;
using System.Text;
using XenShell.Core;
using XenShell.Core.Access;
using XenShell.Core.Commands;
using XenShell.Core.Native;
using XenShell.Tenant.Client;

namespace XenShell;

/// <summary>
/// Makes the environment anew: the client chose the one we came with (LD_PRELOAD, DOTNET_*, TERM, PATH, …).
/// Where there is anything in it that somebody may have read before our first line (the loader, libc,
/// .NET's runtime, which would run createdump from dirname(argv[0]) after a crash), we start over, once, with
/// the new one and an absolute argv[0]. What sshd brings by itself is known to be harmless, and saves that.
///
/// Clean is what equals the environment that we would make of it; no mark that somebody could forge says
/// so. Making it clean twice gives the same. Should it ever not, the process number in
/// <see cref="Mark"/>, which exec keeps, tells the second start, and that gives up instead of starting
/// over for ever. Whoever forges the mark is refused, and nothing more.
/// </summary>
internal static class CleanStart
{
    private const string Mark = "XEN_SHELL_STARTED";

    private const int MaxTerm = 64;

    // Of sshd (session.c, do_setup_env), of PAM's and logind's modules, and what everybody's client sends.
    private static readonly HashSet<string> Harmless =
    [
        "USER", "LOGNAME", "HOME", "PATH", "SHELL", "MAIL", "TERM", "LANG", "LANGUAGE", "COLORTERM", "NO_COLOR", "MOTD_SHOWN", GateClient.KeyVariable,
        "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "SSH_USER_AUTH", "SSH_ORIGINAL_COMMAND",
        "XDG_SESSION_ID", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE", "XDG_SESSION_CLASS", "DBUS_SESSION_BUS_ADDRESS",
    ];

    // Our sshd snippet sets them to nothing, which is nothing to the loader.
    private static readonly HashSet<string> Emptied = ["LD_PRELOAD=", "LD_AUDIT=", "LD_LIBRARY_PATH="];

    internal static void Ensure(HostLayout layout, string[] arguments)
    {
        var program = ThisProcess.ExecutablePath;
        var actual = ReadNulSeparated("/proc/self/environ");
        var clean = Clean(actual, Accounts.ByUid(ThisProcess.RealUid), layout, ThisProcess.Pid);
        if (actual.All(IsHarmless))
        {
            ThisProcess.ReplaceEnvironment(clean);
            ThisProcess.Rename(Path.GetFileName(program)); // whatever link sshd started it by
        }
        else if (IsNeeded(actual, clean, ReadNulSeparated("/proc/self/cmdline").FirstOrDefault(), program))
        {
            ThisProcess.Execute(program, [program, .. arguments], clean);
        }

        ThisProcess.EnterRootFolder();
    }

    /// <summary>Nobody has read it before our first line, whatever its value.</summary>
    internal static bool IsHarmless(string entry) =>
        Emptied.Contains(entry)
        || (entry.IndexOf('=', StringComparison.Ordinal) is > 0 and var end
            && (Harmless.Contains(entry[..end]) || entry.StartsWith("LC_", StringComparison.Ordinal)));

    /// <exception cref="IOException">This is the second start already.</exception>
    internal static bool IsNeeded(IReadOnlyList<string> actual, IReadOnlyList<string> clean, string? name, string program)
    {
        if (actual.SequenceEqual(clean) && name == program)
        {
            return false;
        }

        return actual.Contains(clean[0])
            ? throw new IOException("the environment does not get clean; please tell the administrator")
            : true;
    }

    /// <summary>Of "NAME=value" strings, those that we believe, vetted, in a fixed order.</summary>
    internal static IReadOnlyList<string> Clean(IReadOnlyList<string> environment, Account? account, HostLayout layout, int pid)
    {
        string? Value(string name) =>
            environment.FirstOrDefault(entry => entry.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

        List<string> clean =
        [
            $"{Mark}={pid.ToString(CultureInfo.InvariantCulture)}",
            "PATH=/usr/bin:/bin",
            $"HOME={Plain(account?.Home, "/")}",
            $"USER={Plain(account?.Name, "nobody")}",
            $"LOGNAME={Plain(account?.Name, "nobody")}",
            $"SHELL={layout.Shell}",
            $"TERM={Term(Value("TERM"))}",
            $"LANG={(IsUtf8(Value("LC_ALL") ?? Value("LC_CTYPE") ?? Value("LANG")) ? "C.UTF-8" : "C")}",
        ];
        if (Value("COLORTERM") is "truecolor" or "24bit")
        {
            clean.Add("COLORTERM=truecolor");
        }

        if (!string.IsNullOrEmpty(Value("NO_COLOR")))
        {
            clean.Add("NO_COLOR=1");
        }

        // sshd's file goes first: it sets that variable itself, and the other may be the client's.
        var key = Value("SSH_USER_AUTH") is { } file ? SshUserAuth.Fingerprint(file) : Value(GateClient.KeyVariable);
        if (key is not null && LoginKeys.IsFingerprint(key))
        {
            clean.Add($"{GateClient.KeyVariable}={key}");
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

    // Only ever compared with names: nothing here opens terminfo.
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
        const int most = 8 << 20; // the kernel takes 6 MB of arguments and environment together
        using var file = FileSystem.TryOpen(path) ?? throw new IOException($"{path} is missing");
        // as paths are read and as exec is passed strings: otherwise an accent in the program's path
        // would never equal itself
        var text = Encoding.UTF8.GetString(file.ReadAll(most) ?? throw new IOException($"{path} is too large"));
        return text.Length == 0 ? [] : text.TrimEnd('\0').Split('\0');
    }
}
