namespace XenShell.Screen.Feed;

/// <summary>What the list of guests is sorted by; all but the name with the largest first.</summary>
internal enum GuestOrder
{
    Name,
    State,
    Cpu,
    Memory,
    Network,
    Disk,
    Uptime,
}
