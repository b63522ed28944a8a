using System.Globalization;
using XenShell.Core.Native;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Guests;

/// <summary>The few commands of the guest's shell. One line in, what it prints (lines end in \n) and what it does to the guest out.</summary>
internal sealed class GuestShell(Domain domain, GuestClock clock, Func<string> kernelLog)
{
    public const string Release = "6.1.0-56-amd64";

    private const string Version = "#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-2 (2026-11-16)";

    public (string Output, GuestEnd? Effect) Run(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["reboot", ..] => ("", GuestEnd.Reboot),
            ["poweroff" or "halt", ..] => ("", GuestEnd.Poweroff),
            ["crash"] => ("", GuestEnd.Crash),
            _ => (Print(words), null),
        };
    }

    private string Print(string[] words) => words switch
    {
        [] => "",
        ["uname"] => "Linux\n",
        ["uname", "-r"] => $"{Release}\n",
        ["uname", "-n"] or ["hostname"] => $"{domain.Name}\n",
        ["uname", "-a"] => $"Linux {domain.Name} {Release} {Version} x86_64 GNU/Linux\n",
        ["uptime"] => Uptime(),
        ["echo", .. var rest] => string.Join(' ', rest).Trim('\'', '"') + "\n",
        ["date"] => DateTime.UtcNow.ToString("ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture) + "\n",
        ["dmesg"] => kernelLog(),
        ["cat", "/etc/os-release"] => "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n",
        ["cat", "/etc/hostname"] => $"{domain.Name}\n",
        ["cat", "/proc/cmdline"] => $"{domain.CommandLine}\n",
        ["cat", var file] => $"cat: can't open '{file}': No such file or directory\n",
        ["ls", "/"] => "bin  boot  dev  etc  home  lib  proc  root  run  sbin  srv  sys  tmp  usr  var\n",
        ["ls"] or ["cd", ..] or ["true"] => "",
        ["pwd"] => "/root\n",
        ["whoami"] => "root\n",
        // A serial line has no size; the guest's profile sets this one.
        ["stty", "size"] => $"{WindowSize.Default.Rows} {WindowSize.Default.Columns}\n",
        ["exit" or "logout"] => $"logout\n\n{DiskSystem.Greeting(domain)}\n\n{domain.Name} login: root (automatic login)\n\n",
        ["help"] => "cat crash date dmesg echo exit help hostname ls poweroff pwd reboot stty uname uptime whoami\n",
        [var unknown, ..] => $"-sh: {unknown}: not found\n",
    };

    private string Uptime()
    {
        var minutes = clock.Now / 60_000;
        var up = minutes < 60 ? $"{minutes} min" : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60,2}:{minutes % 60:D2}");
        return string.Create(CultureInfo.InvariantCulture, $" {DateTime.UtcNow:HH:mm:ss} up {up},  load average: 0.00, 0.00, 0.00\n");
    }
}
