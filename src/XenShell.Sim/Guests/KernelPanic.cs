namespace XenShell.Sim.Guests;

/// <summary>The last words of the lab's kernel.</summary>
internal static class KernelPanic
{
    public static IReadOnlyList<string> Lines(string reason, string command) =>
    [
        $"Kernel panic - not syncing: {reason}",
        $"CPU: 0 PID: 1 Comm: {command} Not tainted {GuestShell.Release} #1  Debian 6.1.192-2",
        "Call Trace:",
        " <TASK>",
        " dump_stack_lvl+0x44/0x5c",
        " panic+0x118/0x2f4",
        " do_exit.cold+0x15/0x15",
        " ? handle_mm_fault+0xdb/0x2d0",
        " do_group_exit+0x2d/0x80",
        " __x64_sys_exit_group+0x14/0x20",
        " do_syscall_64+0x5d/0xb0",
        " entry_SYSCALL_64_after_hwframe+0x6e/0xd8",
        "RIP: 0033:0x461189",
        "RSP: 002b:00007ffe721e31f8 EFLAGS: 00000202 ORIG_RAX: 00000000000000e7",
        " </TASK>",
        "Kernel Offset: disabled",
    ];
}
