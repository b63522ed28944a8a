namespace XenShell.Sim.Guests;

/// <summary>How a guest ended by itself; the numbers are Xen's shutdown reasons.</summary>
internal enum GuestEnd
{
    Poweroff = 0,
    Reboot = 1,
    Crash = 3,
}
