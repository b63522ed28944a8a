namespace XenShell.Sim.Guests;

/// <summary>What the kernel prints for a SysRq key, and the end it brings.</summary>
internal static class SysRq
{
    private const string Help =
        "sysrq: HELP : loglevel(0-9) reboot(b) crash(c) terminate-all-tasks(e) memory-full-oom-kill(f) "
        + "kill-all-tasks(i) thaw-filesystems(j) sak(k) show-backtrace-all-active-cpus(l) show-memory-usage(m) "
        + "nice-all-RT-tasks(n) poweroff(o) show-registers(p) show-all-timers(q) unraw(r) sync(s) "
        + "show-task-states(t) unmount(u) show-blocked-tasks(w) dump-ftrace-buffer(z) ";

    public static IReadOnlyList<string> Lines(char key) => key switch
    {
        's' => ["sysrq: Emergency Sync", "Emergency Sync complete"],
        'u' => ["sysrq: Emergency Remount R/O", "Emergency Remount complete"],
        'b' => ["sysrq: Resetting"],
        'c' => ["sysrq: Trigger a crash"],
        'o' => ["sysrq: Power Off", "reboot: Power down"],
        'e' => ["sysrq: Terminate All Tasks"],
        'i' => ["sysrq: Kill All Tasks"],
        'f' => ["sysrq: Manual OOM execution"],
        'm' => ["sysrq: Show Memory"],
        't' => ["sysrq: Show State"],
        'w' => ["sysrq: Show Blocked State"],
        'l' => ["sysrq: Show backtrace of all active CPUs"],
        _ => [Help],
    };

    public static GuestEnd? End(char key) => key switch
    {
        'b' => GuestEnd.Reboot,
        'o' => GuestEnd.Poweroff,
        _ => null,
    };
}
