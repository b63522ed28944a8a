namespace XenShell.Sim.Domains;

/// <summary>What a domain is doing, as far as xl shows it.</summary>
internal enum DomainPhase
{
    /// <summary>Exists, has no memory and no vcpu yet.</summary>
    Building,
    Running,
    Idle,
    Paused,

    /// <summary>Powered off or rebooting, not yet cleaned up.</summary>
    Shutdown,
    Crashed,
}
