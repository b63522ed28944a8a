using XenShell.Core.Commands;
using XenShell.Core.Limits;
using XenShell.Core.Native;

using static XenShell.Core.Configuration.KeyValueFile;

namespace XenShell.Core.Configuration;

/// <summary>
/// Reads xen-shell.conf: "key = value" lines, '#' and ';' comments on lines of their own. An unknown
/// key, a bad value, or a file that others can write is an error that names file, line and key; a missing
/// file gives the defaults, and only a missing one: not a link that leads nowhere (TrustedTree, 5).
/// </summary>
public static class SettingsReader
{
    private const int MaxBanner = 200, MaxBootWatchSeconds = 300, MaxIdleSeconds = 86400, MaxSessions = 1000, MaxJobs = 100, MaxKeepFree = 90, MaxKeepHours = 8760; // arbitrary, finite

    /// <exception cref="ConfigurationException">Always names the file; line, key and reason where there is one.</exception>
    public static Settings Read(HostLayout layout)
    {
        var file = layout.ConfigurationFile;
        try
        {
            return Parse(layout.TrustedTree.Read(file, Sizes.Settings).Bytes, layout);
        }
        catch (ErrnoException e) when (e.IsMissing)
        {
            return new Settings { Patterns = Patterns(file, "pattern", layout.DefaultPattern) };
        }
        catch (IOException e)
        {
            throw new ConfigurationException(e.Message);
        }
    }

    public static Settings Parse(byte[] bytes, HostLayout layout)
    {
        var file = layout.ConfigurationFile;
        var settings = new Settings { Patterns = Patterns(file, "pattern", layout.DefaultPattern) };
        foreach (var (where, key, value) in Entries(file, bytes))
        {
            settings = key switch
            {
                "banner" => settings with { Banner = Printable(where, key, value, MaxBanner) },
                "pattern" => settings with { Patterns = Patterns(where, key, value) },
                "blacklist" => settings with { Blacklist = Commands(where, key, value) },
                "history" => settings with { History = FileName(where, key, value) },
                "updatedns" => CheckProgram(where, key, value, settings),
                "toolstack" => settings with { Toolstack = Kind(where, value) },
                "toolstack_path" => settings with { ToolstackPath = AbsolutePath(where, key, value) },
                "name_grants" => settings with { NameGrants = YesNo(where, key, value) },
                "support" => settings with { Support = Grantees(where, key, value) },
                "shutdown_timeout" => settings with { ShutdownTimeout = Seconds(where, key, value, Sizes.ShutdownSeconds) },
                "boot_watch" => settings with { BootWatch = Seconds(where, key, value, MaxBootWatchSeconds) },
                "ui" => settings with { UsesScreen = IsScreen(where, value) },
                "idle_timeout" => settings with { IdleTimeout = value == "off" ? null : Seconds(where, key, value, MaxIdleSeconds) },
                "max_sessions" => settings with { MaxSessions = Number(where, key, value, "sessions", MaxSessions) },
                "max_jobs" => settings with { MaxJobs = Number(where, key, value, "jobs", MaxJobs) },
                "keep_free" => settings with { KeepFree = Number(where, key, value, "percent", MaxKeepFree) },
                "keep_old" => settings with { KeepOld = TimeSpan.FromHours(Number(where, key, value, "hours", MaxKeepHours)) },
                _ => throw Error(where, key, "unknown key; xen-shell.conf(5) lists them"),
            };
        }

        return settings;
    }

    private static string[] Patterns(string where, string key, string value)
    {
        var patterns = value.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        foreach (var pattern in patterns)
        {
            var folder = AbsolutePath(where, key, pattern)[..pattern.LastIndexOf('/')];
            if (folder.AsSpan().IndexOfAny("*?[") >= 0 || pattern.Contains('[', StringComparison.Ordinal))
            {
                throw Error(where, key, $"'{pattern}': only * and ? are known, and only behind the last '/'");
            }
        }

        return patterns.Length > 0 ? patterns : throw Error(where, key, "is empty");
    }

    private static Blacklist Commands(string where, string key, string value)
    {
        try
        {
            return Blacklist.Parse(value);
        }
        catch (FormatException e)
        {
            throw Error(where, key, e.Message);
        }
    }

    private static string FileName(string where, string key, string value) =>
        value.Length is > 0 and <= 64 && value is not ("." or "..") && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? value
            : throw Error(where, key, "must be the plain name of a file in the user's home");

    // The ancestor's hook: a file that has it stays valid, and a slip in it is told now.
    private static Settings CheckProgram(string where, string key, string value, Settings settings)
    {
        if (value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var program, ..])
        {
            AbsolutePath(where, key, program);
        }

        return settings;
    }

    private static ToolstackKind Kind(string where, string value) => value switch
    {
        "auto" => ToolstackKind.Auto,
        "xl" => ToolstackKind.Xl,
        "xm" => ToolstackKind.Xm,
        _ => throw Error(where, "toolstack", $"'{value}' must be auto, xl or xm"),
    };

    private static bool IsScreen(string where, string value) => value switch
    {
        "screen" => true,
        "prompt" => false,
        _ => throw Error(where, "ui", $"'{value}' must be screen or prompt"),
    };

    private static bool YesNo(string where, string key, string value) => value switch
    {
        "yes" => true,
        "no" => false,
        _ => throw Error(where, key, $"'{value}' must be yes or no"),
    };

    private static TimeSpan Seconds(string where, string key, string value, int most) =>
        TimeSpan.FromSeconds(Number(where, key, value, "seconds", most));
}
