namespace XenShell.Sim.Guests;

/// <summary>Starts a guest and waits until its domain exists.</summary>
internal interface IGuestStarter
{
    /// <returns>null, or what libxl would say of the failure.</returns>
    string? Start(DomainOrder order);
}
