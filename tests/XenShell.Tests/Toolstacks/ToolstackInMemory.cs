using System.Text.RegularExpressions;
using XenShell.Core.Domains;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Tests.Toolstacks;

/// <summary>Domains that obey at once, without a program behind them.</summary>
internal partial class ToolstackInMemory : IToolstack
{
    private readonly Lock turn = new();
    private readonly List<string> calls = [];
    private List<Domain> domains = [];
    private int lastId;

    /// <summary>What was asked to change, in order: "create web1".</summary>
    internal IReadOnlyList<string> Calls
    {
        get
        {
            lock (turn)
            {
                return [.. calls];
            }
        }
    }

    /// <summary>Calls that fail, by their first word.</summary>
    internal Dictionary<string, ToolstackException> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a guest that is asked does what it is asked for, or does not even answer.</summary>
    internal bool GuestsListen { get; set; } = true;

    /// <summary>A guest that is created is gone when it is looked at next.</summary>
    internal bool GuestsDie { get; set; }

    /// <summary>A domain that is destroyed is seen once more.</summary>
    internal bool DieSlowly { get; set; }

    /// <summary>What else happens meanwhile, whether it fails in the end or not.</summary>
    internal Action? WhileCreating { get; set; }

    /// <summary>What else happens before it is there.</summary>
    internal Action? BeforeCreate { get; set; }

    /// <summary>The same.</summary>
    internal Action? AfterCreate { get; set; }

    /// <summary>The same, once.</summary>
    internal Action? BeforeDestroy { get; set; }

    /// <summary>The same, when a guest was asked to shut down.</summary>
    internal Action? AfterShutdown { get; set; }

    /// <summary>The same, at each look.</summary>
    internal Action? BeforeList { get; set; }

    /// <summary>The same, at each look at who makes a domain.</summary>
    internal Action? BeforeMaker { get; set; }

    /// <summary>What is shown of domains' disks.</summary>
    internal List<DomainDisk> Shown { get; } = [];

    /// <summary>What a console's client is.</summary>
    internal SpawnRequest Client { get; set; } = new("/bin/true", ["true"], []);

    internal int Run(string name, DomainState state = DomainState.Running, double cpuSeconds = 3.4, long? started = null, long memory = 96)
    {
        lock (turn)
        {
            domains = [.. domains, new Domain(name, ++lastId, memory, 1, state, cpuSeconds, started ?? (state == DomainState.Starting ? null : 1000))];
            return lastId;
        }
    }

    internal void Set(string name, DomainState state)
    {
        lock (turn)
        {
            Set(GuestName.Parse(name), state);
        }
    }

    internal DomainState? StateOf(string name) => List().FirstOrDefault(domain => domain.Name == name)?.State;

    public virtual IReadOnlyList<Domain> List()
    {
        lock (turn)
        {
            BeforeList?.Invoke();
            Fail("list");
            var seen = domains;
            domains = DieSlowly ? [.. domains.Where(domain => domain.State != DomainState.Dying)] : domains;
            return seen;
        }
    }

    public virtual IReadOnlyDictionary<int, long> StartTimes() => new Dictionary<int, long>();

    public virtual IReadOnlyList<DomainDisk> Disks() => Shown;

    public IReadOnlyList<Traffic> Traffic() => [];

    public bool SharesDisks => false;

    public string Version() => "4.17";

    /// <summary>MiB.</summary>
    internal long? Memory { get; set; }

    internal DomainMaker? IsMaking { get; set; }

    public long? HostMemory() => Memory;

    public DomainMaker? Maker()
    {
        BeforeMaker?.Invoke();
        return IsMaking;
    }

    public void Create(string file, Fd kept, Func<int, bool> goesOn)
    {
        var name = Name().Match(File.ReadAllText(file)).Groups[1].Value;
        WhileCreating?.Invoke();
        if (!goesOn(Environment.ProcessId))
        {
            throw new ToolstackException("the toolstack did not answer", "it was ended", isSilent: true) { IsLate = true };
        }

        Do("create", name, () =>
        {
            BeforeCreate?.Invoke();
            if (!GuestsDie)
            {
                Run(name);
            }

            AfterCreate?.Invoke();
        });
    }

    public void Check(string file)
    {
        lock (turn)
        {
            Fail("check"); // it changes nothing, and is no call
        }
    }

    public void Destroy(int id)
    {
        lock (turn)
        {
            BeforeDestroy?.Invoke();
            BeforeDestroy = null;
            if (domains.All(domain => domain.Id != id))
            {
                throw new ToolstackException("the toolstack refused", "no such domain", isSilent: false);
            }
        }

        Do("destroy", $"{id}", () => domains = DieSlowly
            ? [.. domains.Select(domain => domain.Id == id ? domain with { State = DomainState.Dying } : domain)]
            : [.. domains.Where(domain => domain.Id != id)]);
    }

    /// <summary>As xl rename does.</summary>
    internal void Rename(string name, string other)
    {
        lock (turn)
        {
            domains = [.. domains.Select(domain => domain.Name == name ? domain with { Name = other } : domain)];
        }
    }

    /// <summary>The guest reboots by itself.</summary>
    internal void Reboots(string name)
    {
        lock (turn)
        {
            Set(GuestName.Parse(name), null);
            Run(name);
        }
    }

    public IToolstackRequest Shutdown(GuestName name) => Ask("shutdown", name, () =>
    {
        Set(name, null);
        AfterShutdown?.Invoke();
    });

    public IToolstackRequest Reboot(GuestName name) => Ask("reboot", name, () =>
    {
        Set(name, null);
        Run(name.Text);
    });

    public void Pause(GuestName name) => Do("pause", name.Text, () => Set(name, DomainState.Paused));

    public void Unpause(GuestName name) => Do("unpause", name.Text, () => Set(name, DomainState.Running));

    public void SendSysreq(GuestName name, char key) => Do("sysrq", $"{name} {key}", () => { });

    public SpawnRequest Console(GuestName name) => Client;

    private Request Ask(string call, GuestName name, Action act)
    {
        Do(call, name.Text, GuestsListen ? act : () => { });
        return new Request(GuestsListen);
    }

    private void Do(string call, string about, Action act)
    {
        lock (turn)
        {
            calls.Add($"{call} {about}");
            Fail(call);
            act();
        }
    }

    private void Fail(string call)
    {
        if (Failures.GetValueOrDefault(call) is { } failure)
        {
            throw failure;
        }
    }

    private void Set(GuestName name, DomainState? state) =>
        domains = [.. domains.Where(domain => domain.Name != name.Text || state is not null).Select(domain => domain.Name == name.Text ? domain with { State = state!.Value } : domain)];

    [GeneratedRegex("^name *= *['\"](.*)['\"]", RegexOptions.Multiline)]
    private static partial Regex Name();

    private sealed record Request(bool IsAcknowledged) : IToolstackRequest
    {
        public void Wait(TimeSpan time)
        {
        }

        public void Dispose()
        {
        }
    }
}
