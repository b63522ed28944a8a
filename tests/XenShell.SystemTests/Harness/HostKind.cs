namespace XenShell.SystemTests.Harness;

public enum HostKind
{
    /// <summary>A throw-away root on this machine, with the simulator as toolstack (tests/host/root.sh).</summary>
    Simulator,

    /// <summary>A dom0 on real Xen under QEMU (tests/lab, tests/host/lab.sh).</summary>
    Lab,
}
