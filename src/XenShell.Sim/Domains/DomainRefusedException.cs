namespace XenShell.Sim.Domains;

/// <summary>Xen would not make the domain; the message is libxl's, several lines.</summary>
internal sealed class DomainRefusedException(string message) : Exception(message)
{
    public static DomainRefusedException NameTaken(int id, string name) => new(
        $"""
        libxl: error: libxl_domain.c:81:libxl__domain_rename: Domain {id}:Domain with name "{name}" already exists.
        libxl: error: libxl_create.c:1296:initiate_domain_create: Domain {id}:cannot make domain: -6
        {Gone(id)}
        """);

    public static DomainRefusedException NoMemory(int id) => new(
        $"""
        xc: error: panic: xg_dom_boot.c:119: xc_dom_boot_mem_init: can't allocate low memory for domain: Out of memory
        libxl: error: libxl_dom.c:586:libxl__build_dom: xc_dom_boot_mem_init failed: Cannot allocate memory
        libxl: error: libxl_create.c:1640:domcreate_rebuild_done: Domain {id}:cannot (re-)build domain: -3
        {Gone(id)}
        """);

    public static DomainRefusedException NoKernel(int id, string path) => new(
        $"""
        xc: error: panic: xg_dom_core.c:205: failed to open file '{path}': No such file or directory: Internal error
        libxl: error: libxl_dom.c:646:libxl__build_pv: xc_dom_kernel_file failed: No such file or directory
        libxl: error: libxl_create.c:1640:domcreate_rebuild_done: Domain {id}:cannot (re-)build domain: -3
        {Gone(id)}
        """);

    private static string Gone(int id) =>
        $"""
        libxl: error: libxl_domain.c:1183:libxl__destroy_domid: Domain {id}:Non-existant domain
        libxl: error: libxl_domain.c:1137:domain_destroy_callback: Domain {id}:Unable to destroy guest
        libxl: error: libxl_domain.c:1064:domain_destroy_cb: Domain {id}:Destruction of domain failed

        """;
}
