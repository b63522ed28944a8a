namespace XenShell.Sim.Commands;

/// <summary>What "xl help COMMAND" prints, byte for byte.</summary>
internal static class Usage
{
    /// <summary>The text of a command, or null for one that is not simulated.</summary>
    public static string? Of(string command) => command switch
    {
        "create" =>
            """
            Usage: xl [-vtTfN] create <ConfigFile> [options] [vars]

            Create a domain from config file <filename>.

            Options:

            -c                      Connect to the console after the domain is created.
            -d                      Enable debug messages.
            -e                      Do not wait in the background for the death of the domain.
            -F                      Run in foreground until death of the domain.
            -f FILE, --defconfig=FILE
                                 Use the given configuration file.
            -h                      Print this help.
            -n, --dryrun            Dry run - prints the resulting configuration
                                     (deprecated in favour of global -N option).
            -p                      Leave the domain paused after it is created.
            -q, --quiet             Quiet.
            -V, --vncviewer         Connect to the VNC display after the domain is created.
            -A, --vncviewer-autopass
                                    Pass VNC password to viewer via stdin.
            --ignore-global-affinity-masks Ignore global masks in xl.conf.

            """,
        "list" =>
            """
            Usage: xl [-vtT] list [options] [Domain]


            List information about all/some domains.

            Options:

            -l, --long              Output all VM details
            -v, --verbose           Prints out UUIDs and security context
            -Z, --context           Prints out security context
            -c, --cpupool           Prints the cpupool the domain is in
            -n, --numa              Prints out NUMA node affinity

            """,
        "destroy" =>
            """
            Usage: xl [-vtTf] destroy [options] <Domain>


            Terminate a domain immediately.

            Options:

            -f                      Permit destroying domain 0, which will only succeed
                                    when run from disaggregated toolstack domain with a
                                    hardware domain distinct from domain 0.

            """,
        "shutdown" =>
            """
            Usage: xl [-vtTf] shutdown [options] <-a|Domain>

            Issue a shutdown signal to a domain.

            Options:

            -a, --all               Shutdown all guest domains.
            -h                      Print this help.
            -F                      Fallback to ACPI power event for HVM guests with
                                    no PV drivers.
            -w, --wait              Wait for guest(s) to shutdown.


            """,
        "reboot" =>
            """
            Usage: xl [-vtTf] reboot [options] <-a|Domain>

            Issue a reboot signal to a domain.

            Options:

            -a, --all               Shutdown all guest domains.
            -h                      Print this help.
            -F                      Fallback to ACPI reset event for HVM guests with
                                    no PV drivers.
            -w, --wait              Wait for guest(s) to reboot.


            """,
        "pause" =>
            """
            Usage: xl [-vtTf] pause <Domain>

            Pause execution of a domain.


            """,
        "unpause" =>
            """
            Usage: xl [-vtTf] unpause <Domain>

            Unpause a paused domain.


            """,
        "sysrq" =>
            """
            Usage: xl [-vtTf] sysrq <Domain> <letter>

            Send a sysrq to a domain.


            """,
        "console" =>
            """
            Usage: xl [-vtT] console [options] <Domain>
            -t <type>       console type, pv , serial or vuart
            -n <number>     console number

            Attach to domain's console.


            """,
        "uptime" =>
            """
            Usage: xl [-vtT] uptime [-s] [Domain]

            Print uptime for all/some domains.


            """,
        "info" =>
            """
            Usage: xl [-vtT] info [-n|--numa]

            Get information about Xen host.


            """,
        "domid" =>
            """
            Usage: xl [-vtT] domid <DomainName>

            Convert a domain name to domain id.


            """,
        _ => null,
    };
}
