namespace XenShell.Sim.Domains;

/// <summary>
/// What is known of one domain; its guest process is the only writer. Times are milliseconds of
/// <see cref="Environment.TickCount64"/>, the same for all processes until the machine restarts.
/// </summary>
internal sealed record Domain
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public string Uuid { get; init; } = "00000000-0000-0000-0000-000000000000";

    public required long MemoryKb { get; init; }

    public required long MaxMemoryKb { get; init; }

    public required int Vcpus { get; init; }

    public string Kernel { get; init; } = "";

    public string Ramdisk { get; init; } = "";

    public string CommandLine { get; init; } = "";

    public string OnPoweroff { get; init; } = "destroy";

    public string OnReboot { get; init; } = "restart";

    public string OnCrash { get; init; } = "destroy";

    /// <summary>The lines of "disk", as they stand in the guest's file.</summary>
    public IReadOnlyList<string> Disks { get; init; } = [];

    public long StartedAt { get; init; }

    /// <summary>Path of the console's PTY.</summary>
    public string Tty { get; init; } = "";

    public required DomainPhase Phase { get; init; }

    /// <summary>Processor time used up to <see cref="CpuAt"/>.</summary>
    public double CpuSeconds { get; init; }

    public long CpuAt { get; init; }

    /// <summary>Processor time used up to now: all of it when busy, a hundredth when idle.</summary>
    public double CpuNow(long now) => CpuSeconds + ((now - CpuAt) / 1000.0 * Phase switch
    {
        DomainPhase.Running => 1,
        DomainPhase.Idle => 0.01,
        _ => 0,
    });

    public Domain In(DomainPhase phase, long now) => this with { Phase = phase, CpuSeconds = CpuNow(now), CpuAt = now };

    /// <summary>The host itself.</summary>
    public static Domain Zero(long now) => new()
    {
        Id = 0,
        Name = "Domain-0",
        MemoryKb = 1024 * 1024,
        MaxMemoryKb = 1024 * 1024,
        Vcpus = Environment.ProcessorCount,
        Phase = DomainPhase.Running,
        CpuSeconds = now / 1000.0 * 0.1, // plausible: a tenth of one processor
        CpuAt = now,
    };
}
