using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Sim.Consoles;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Guests;

/// <summary>
/// One domain: the loop between its console, its control FIFO and its machine. Dispose ends the domain:
/// it leaves the folder, and the console's clients are hung up.
/// </summary>
internal sealed class GuestLife : IDisposable
{
    // Until xl's background process has cleaned up, the domain is to be seen as "---s--".
    private const long CleanUp = 80;

    // A demo or a test throws its whole root away; its guests notice this late and end.
    private static readonly TimeSpan lookAround = TimeSpan.FromSeconds(10);

    private readonly DomainStore store;
    private readonly Behaviour behaviour;
    private readonly Fd alive;
    private readonly ConsoleDaemon console;
    private readonly ControlInbox inbox;
    private readonly GuestClock clock = new(() => Environment.TickCount64);
    private readonly GuestMachine machine;
    private readonly Queue<(string Caller, string Verb)> waiting = new();
    private Domain domain;
    private int pauses;
    private long? endedAt;
    private bool destroyed;

    private GuestLife(HostLayout layout, DomainStore store, DomainOrder order, bool building)
    {
        this.store = store;
        behaviour = order.Behaviour;
        console = new ConsoleDaemon(layout, order.Domain.Name);
        var now = Environment.TickCount64;
        (domain, alive) = store.Claim(order.Domain with
        {
            Tty = console.Tty,
            StartedAt = now,
            CpuAt = now,
            CpuSeconds = 0,
            Phase = building ? DomainPhase.Building : order.Paused ? DomainPhase.Paused : DomainPhase.Running,
        });
        inbox = new ControlInbox(store, domain.Id);
        machine = new GuestMachine(domain, behaviour, clock, console.Print);
        if (order.Paused)
        {
            pauses = 1;
            clock.Stop();
        }
    }

    /// <exception cref="DomainRefusedException">Xen would not make it.</exception>
    public static GuestLife Begin(HostLayout layout, DomainStore store, DomainOrder order, bool building = false) =>
        new(layout, store, order, building);

    /// <returns>The domain to be made anew, after a reboot; null when the guest is gone for good.</returns>
    public Domain? Run()
    {
        machine.Boot();
        var poll = new Poll();
        while (!destroyed)
        {
            Publish();
            if (CleanUpAt is { } due && Environment.TickCount64 >= due)
            {
                return Action() is "restart" or "coredump-restart" ? domain : null;
            }

            poll.Clear();
            var consolePlace = poll.Add(console.Master, reading: pauses == 0 && endedAt is null, writing: console.HasOutput);
            var inboxPlace = poll.Add(inbox.Fifo, reading: true);
            if (!poll.Wait(UntilNext()) && !store.Has(domain.Id))
            {
                return null;
            }

            if (poll.Writable(consolePlace))
            {
                console.Deliver();
            }

            if (poll.Readable(inboxPlace))
            {
                inbox.Take().ToList().ForEach(waiting.Enqueue);
            }

            Obey();
            if (pauses == 0 && endedAt is null)
            {
                Advance(typed: poll.Readable(consolePlace));
            }
        }

        return null;
    }

    private void Advance(bool typed)
    {
        machine.Advance();
        if (typed)
        {
            machine.Type(console.Typed());
        }

        if (machine.End is not null)
        {
            endedAt = Environment.TickCount64;
        }
    }

    // Requests that the guest itself must acknowledge wait until it runs; a guest that hangs never does.
    private void Obey()
    {
        for (var count = waiting.Count; count > 0; count--)
        {
            var (caller, verb) = waiting.Dequeue();
            if (Perform(verb))
            {
                Publish();
                inbox.Answer(caller);
            }
            else
            {
                waiting.Enqueue((caller, verb));
            }
        }
    }

    private bool Perform(string verb)
    {
        switch (verb)
        {
            case "pause":
                pauses++;
                clock.Stop();
                return true;
            case "unpause":
                pauses = Math.Max(0, pauses - 1); // Xen counts
                if (pauses == 0)
                {
                    clock.Continue();
                }

                return true;
            case "destroy":
                destroyed = true;
                store.Forget(domain.Id);
                return true;
            case "shutdown" or "reboot" when pauses > 0 || behaviour == Behaviour.IgnoreShutdown || endedAt is not null:
                return false;
            case "shutdown" or "reboot":
                machine.Shutdown(verb == "reboot" ? GuestEnd.Reboot : GuestEnd.Poweroff);
                return true;
            default:
                machine.SysRq(verb[^1]);
                return true;
        }
    }

    private TimeSpan UntilNext()
    {
        if (CleanUpAt is { } due)
        {
            return TimeSpan.FromMilliseconds(Math.Max(0, due - Environment.TickCount64));
        }

        return endedAt is null && pauses == 0 && machine.NextEvent is { } next
            ? TimeSpan.FromMilliseconds(Math.Max(0, next - clock.Now))
            : lookAround;
    }

    // A preserved domain stays until somebody destroys it.
    private long? CleanUpAt => Action() is "preserve" or "rename-restart" ? null : endedAt + CleanUp;

    private string Action() => machine.End switch
    {
        GuestEnd.Reboot => domain.OnReboot,
        GuestEnd.Crash => domain.OnCrash,
        _ => domain.OnPoweroff,
    };

    private void Publish()
    {
        var phase = machine.End switch
        {
            GuestEnd.Crash => DomainPhase.Crashed,
            not null => DomainPhase.Shutdown,
            _ when pauses > 0 => DomainPhase.Paused,
            _ => machine.IsBusy ? DomainPhase.Running : DomainPhase.Idle,
        };
        if (phase != domain.Phase && !destroyed)
        {
            domain = domain.In(phase, Environment.TickCount64);
            store.Save(domain);
        }
    }

    public void Dispose()
    {
        store.Forget(domain.Id);
        inbox.Take().ToList().ForEach(waiting.Enqueue);
        waiting.ToList().ForEach(request => inbox.Answer(request.Caller)); // who is gone has obeyed
        console.Dispose();
        inbox.Dispose();
        alive.Dispose();
    }
}
