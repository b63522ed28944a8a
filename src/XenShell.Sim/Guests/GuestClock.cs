namespace XenShell.Sim.Guests;

/// <summary>Milliseconds that a guest has run: it stands still while the guest is paused.</summary>
internal sealed class GuestClock(Func<long> host)
{
    private long offset = host();
    private long? stoppedAt;

    public long Now => (stoppedAt ?? host()) - offset;

    public void Stop() => stoppedAt ??= host();

    public void Continue()
    {
        if (stoppedAt is { } since)
        {
            offset += host() - since;
            stoppedAt = null;
        }
    }
}
