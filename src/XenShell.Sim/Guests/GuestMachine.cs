using System.Globalization;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Guests;

/// <summary>
/// What runs inside a domain: a kernel that boots, answers SysRq and shuts down, and a shell on its
/// console. Everything it prints goes to <paramref name="print"/>; it moves when told.
/// </summary>
internal sealed class GuestMachine(Domain domain, Behaviour behaviour, GuestClock clock, Action<string> print)
{
    private const long ShutdownTakes = 1000, SlowShutdownTakes = 10_000, DeafFor = 10_000;
    private const long PanicAt = 1000;

    private readonly Timeline timeline = new();
    private readonly List<string> kernelLog = [];
    private LineDiscipline? terminal;
    private bool goingDown;

    /// <summary>Set once, when the guest has ended.</summary>
    public GuestEnd? End { get; private set; }

    public bool IsBusy => terminal is null || goingDown;

    /// <summary>Guest time of what happens next by itself.</summary>
    public long? NextEvent => timeline.Next;

    public void Boot()
    {
        foreach (var (at, stamp, text) in BootLog.Lines(domain))
        {
            if (behaviour != Behaviour.Panic || at < PanicAt)
            {
                timeline.At(at, () => print(stamp is null ? $"{text}\r\n" : Logged($"[{stamp}] {text}")));
            }
        }

        if (behaviour == Behaviour.Panic)
        {
            timeline.At(PanicAt, () => print("init: cannot mount root file system: No such device\r\n"));
            timeline.At(PanicAt, () => Panic("Attempted to kill init! exitcode=0x00000100", "panic"));
        }
        else
        {
            timeline.At(BootLog.Duration, LogIn);
        }
    }

    public void Advance() => timeline.RunUntil(clock.Now);

    /// <summary>Bytes from the console; dropped while there is no shell to read them.</summary>
    public void Type(ReadOnlySpan<byte> bytes)
    {
        if (!IsBusy)
        {
            terminal!.Type(bytes);
        }
    }

    /// <summary>The toolstack's request: power off or reboot, in order.</summary>
    public void Shutdown(GuestEnd end)
    {
        if (behaviour == Behaviour.LosesShutdown && clock.Now < DeafFor)
        {
            return;
        }

        if (goingDown)
        {
            return;
        }

        goingDown = true;
        timeline.Clear();
        var takes = behaviour == Behaviour.Slow ? SlowShutdownTakes : ShutdownTakes;
        var word = end == GuestEnd.Reboot ? "reboot" : "poweroff";
        print($"The system is going down for {word} NOW!\r\n");
        In(takes / 4, "[  OK  ] Stopped cron.service - Regular background program processing daemon.");
        In(takes / 2, "[  OK  ] Stopped ssh.service - OpenBSD Secure Shell server.");
        In(takes * 3 / 4, $"[  OK  ] Reached target {word}.target.");
        timeline.At(clock.Now + takes, () =>
        {
            Kernel(end == GuestEnd.Reboot ? "reboot: Restarting system" : "reboot: System halted");
            End = end;
        });
    }

    /// <summary>A SysRq key from the toolstack; taken when the guest runs again.</summary>
    public void SysRq(char key) => timeline.At(clock.Now, () =>
    {
        foreach (var line in Guests.SysRq.Lines(key))
        {
            Kernel(line);
        }

        if (key == 'c')
        {
            Panic("sysrq triggered crash", "xenwatch");
        }

        End ??= Guests.SysRq.End(key);
    });

    private void LogIn()
    {
        print($"\r\n{DiskSystem.Greeting(domain)}\r\n\r\n{domain.Name} login: root (automatic login)\r\n\r\n");
        var shell = new GuestShell(domain, clock, () => string.Concat(kernelLog));
        terminal = new LineDiscipline(print, line => Execute(shell, line));
        Prompt();
    }

    private void Execute(GuestShell shell, string line)
    {
        var (output, effect) = shell.Run(line);
        print(output.Replace("\n", "\r\n", StringComparison.Ordinal));
        switch (effect)
        {
            case GuestEnd.Crash:
                Kernel("sysrq: Trigger a crash");
                Panic("sysrq triggered crash", "sh");
                break;
            case { } end:
                Shutdown(end);
                break;
            case null:
                Prompt();
                break;
        }
    }

    private void Prompt()
    {
        if (behaviour == Behaviour.Hostile)
        {
            print(HostileText.Attack);
        }

        print($"root@{domain.Name}:~# ");
    }

    private void Panic(string reason, string command)
    {
        foreach (var line in KernelPanic.Lines(reason, command))
        {
            Kernel(line);
        }

        End = GuestEnd.Crash;
    }

    private void In(long delay, string line) => timeline.At(clock.Now + delay, () => print(line + "\r\n"));

    private void Kernel(string text) => print(Logged(string.Create(
        CultureInfo.InvariantCulture, $"[{clock.Now / 1000,5}.{clock.Now % 1000:D3}{kernelLog.Count * 37 % 1000:D3}] {text}")));

    private string Logged(string line)
    {
        kernelLog.Add(line + "\n");
        return line + "\r\n";
    }
}
