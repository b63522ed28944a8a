using System.Text.Json;
using System.Text.RegularExpressions;

namespace XenShell.SystemTests.Harness;

/// <summary>
/// A test on a host. Logins, screens and changed grants end with the test. Guests are brought into the
/// state that a test starts from by the toolstack itself, and seen in it through the gate.
/// </summary>
public abstract partial class HostTest(HostKind kind)
{
    private readonly Dictionary<string, Login> logins = [];
    private readonly Stack<IDisposable> open = [];
    private bool hasPrompt;

    protected Host Host => Hosts.Get(kind);

    [TearDown]
    public void HangUp()
    {
        while (open.TryPop(out var item))
        {
            item.Dispose();
        }

        logins.Clear();
        hasPrompt = false;
    }

    /// <summary>The person's connection, the same one throughout the test.</summary>
    protected Login As(string who)
    {
        if (!logins.TryGetValue(who, out var login))
        {
            logins[who] = login = Ending(Host.As(who));
        }

        return login;
    }

    /// <summary>The person at the prompt of a host whose xen-shell.conf has 'ui = prompt'.</summary>
    protected Screen AtThePrompt(string who)
    {
        if (!hasPrompt)
        {
            GivenSetting("ui = prompt");
            hasPrompt = true;
        }

        return As(who).Terminal();
    }

    /// <summary>bob past the shell: what a tenant could do who broke out of it.</summary>
    protected Answer AsBob(string line) => Host.Root("runuser", "-u", "bob", "--", "/bin/sh", "-c", line);

    /// <summary>Another connection of the same person.</summary>
    protected Login AgainAs(string who) => Ending(Host.As(who));

    /// <summary>ssh -tt with these arguments.</summary>
    protected Screen StockTerminal(params string[] arguments) => Ending(Host.Stock.Terminal(arguments));

    /// <summary>Ends with the test.</summary>
    protected T Ending<T>(T item)
        where T : IDisposable
    {
        open.Push(item);
        return item;
    }

    /// <summary>Seconds on a plain machine, longer where all is slower.</summary>
    protected TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds * Host.Patience);

    /// <summary>The state of each guest that this person sees.</summary>
    protected Dictionary<string, string> States(string who)
    {
        using var document = JsonDocument.Parse(As(who).Run("status --json").Done().Output);
        return document.RootElement.GetProperty("guests").EnumerateArray().ToDictionary(
            guest => guest.GetProperty("name").GetString()!,
            guest => guest.GetProperty("state").GetString()!);
    }

    /// <summary>The guest's state as staff see it.</summary>
    protected string State(string guest) => States("staff").GetValueOrDefault(guest, "not there");

    protected void ExpectState(string guest, string state, double seconds = 15) =>
        Wait.Until($"{guest} is {state}", Seconds(seconds), () => State(guest) == state);

    /// <summary>The guest's domid, as the toolstack tells; null when it does not run.</summary>
    protected string? DomainId(string guest) =>
        Host.Root(Host.Xl, "list").Output.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(fields => fields.Length > 1 && fields[0] == guest)?[1];

    protected void GivenOff(params string[] guests)
    {
        foreach (var guest in guests)
        {
            if (DomainId(guest) is not null)
            {
                Host.Root(Host.Xl, "destroy", guest);
            }

            ExpectState(guest, "off");
        }
    }

    /// <summary>It is off, and its boot is watched until it has panicked, however slow the host is.</summary>
    protected void GivenGuestThatPanics(string guest)
    {
        GivenOff(guest);
        GivenSetting("boot_watch = 60");
    }

    /// <summary>The guest runs, and its console answers.</summary>
    protected void GivenRunning(params string[] guests)
    {
        foreach (var guest in guests)
        {
            if (DomainId(guest) is null || State(guest) != "running")
            {
                GivenOff(guest);
                Host.RootShell($": >{ConsoleLog(guest)}; {Host.Xl} create /etc/xen/{guest}.cfg </dev/null >/run/xl.out 2>&1; s=$?; cat /run/xl.out; exit $s");
                ExpectState(guest, "running");
            }

            Wait.Until($"{guest} answers on its console", Seconds(15), () => GuestIsUp().IsMatch(Host.Read(ConsoleLog(guest))));
        }
    }

    /// <summary>Gives the guest's file another xen_shell line until the test ends; null takes it away.</summary>
    protected void GivenGrants(string guest, string? grants) => GivenGuestSetting(guest, "xen_shell", grants);

    /// <summary>Closes commands of a guest until the test ends.</summary>
    protected void GivenBlacklist(string guest, string words) => GivenGuestSetting(guest, "xen_shell_blacklist", words);

    /// <summary>Adds a line to xen-shell.conf until the test ends.</summary>
    protected void GivenSetting(string line) => GivenConfiguration($"echo '{line}' >>/etc/xen-shell/xen-shell.conf");

    /// <summary>Changes xen-shell.conf by a line of shell until the test ends.</summary>
    protected void GivenConfiguration(string change)
    {
        var before = $"/run/conf.before.{open.Count}"; // one over the other, taken away in turn
        Host.RootShell($"cp -p /etc/xen-shell/xen-shell.conf {before}; {change}").Done();
        Ending(new AtEnd(() => Host.RootShell($"mv {before} /etc/xen-shell/xen-shell.conf")));
    }

    /// <summary>The one disk in a guest's file, which is off when the test ends.</summary>
    protected void GivenDisk(string guest, string line)
    {
        GivenGuestSetting(guest, "disk", null);
        Ending(new AtEnd(() => Host.RootShell($"{Host.Xl} destroy {guest}")));
        Host.RootShell($"""echo "disk = [ '{line}' ]" >>/etc/xen/{guest}.cfg""").Done();
    }

    /// <summary>Puts a script of shell in the place of the toolstack's program until the test ends.</summary>
    /// <param name="hasStore">It need not know that xenstore is asked through it as well.</param>
    protected void GivenToolstack(string script, bool hasStore = true)
    {
        var store = Host.Xl == "/usr/sbin/xl" && hasStore ? """[ "$1" != xenstore-ls ] || exec "$@" """ : "";
        Host.RootShell($"cat >/usr/local/sbin/odd-xl <<'END'\n#!/bin/sh\n{store}\n{script}\nEND\nchmod 755 /usr/local/sbin/odd-xl; rm -f /run/xen-shell/*.json").Done();
        GivenConfiguration("sed -i '/^toolstack_path/d' /etc/xen-shell/xen-shell.conf; echo 'toolstack_path = /usr/local/sbin/odd-xl' >>/etc/xen-shell/xen-shell.conf");
    }

    /// <summary>sudo stays between the shell and the gate until the test ends, as it does where sudo-rs is.</summary>
    protected void GivenSudoStays()
    {
        Host.RootShell("mv /etc/sudoers.d/xen-shell-direct /run/xen-shell-direct").Done();
        Ending(new AtEnd(() => Host.RootShell("mv /run/xen-shell-direct /etc/sudoers.d/xen-shell-direct")));
    }

    /// <summary>All that a refused command must leave as it is: which domains run, the guests' files, the configuration.</summary>
    protected string StateOfTheHost() =>
        Host.RootShell($"{Host.Xl} list | awk '{{ print $1, $2 }}'; cd /etc && find xen xen-shell -type f -exec md5sum {{}} + | sort").Output;

    /// <summary>Gives the guest's file another line until the test ends; null takes it away.</summary>
    protected void GivenGuestSetting(string guest, string name, string? value)
    {
        var (file, before) = ($"/etc/xen/{guest}.cfg", $"/run/{guest}.before.{open.Count}");
        Host.RootShell($"cp -p {file} {before} && sed -i '/^{name} =/d' {file}").Done();
        Ending(new AtEnd(() => Host.RootShell($"mv {before} {file}")));
        if (value is not null)
        {
            Host.RootShell($"echo \"{name} = '{value}'\" >>{file}").Done();
        }
    }

    /// <summary>A guest's line on the full screen's table.</summary>
    protected static Regex InTable(string guest, string state) => new($"^{guest} .*{state}");

    /// <summary>The first line of a guest's details there.</summary>
    protected static Regex InDetails(string guest, string state) => new($"^{guest}  . {state}");

    protected static string ConsoleLog(string guest) => $"/var/log/xen/console/guest-{guest}.log";

    /// <summary>The records so far; take it before the act, and what came with <see cref="RecordsSince"/> after.</summary>
    protected int RecordMark()
    {
        // All tests are a few logins: together they err more often than the record takes from one.
        Host.RootShell("rm -rf /run/xen-shell/rates");
        return Records().Length;
    }

    protected JsonElement[] RecordsSince(int mark) => Records()[mark..];

    private JsonElement[] Records() =>
        [.. Host.Read("/var/log/xen-shell/audit.log")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];

    // a shell's prompt or a login's, after the boot text
    [GeneratedRegex(@"is up|login: ?$|[#$] ?$", RegexOptions.Multiline)]
    private static partial Regex GuestIsUp();

    /// <summary>Does it when the test ends.</summary>
    protected sealed class AtEnd(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
