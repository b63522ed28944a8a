using XenShell.Core.Domains;

namespace XenShell.Tests.Domains;

public sealed class XenInfoTests
{
    [TestCase("host                   : h\nxen_major              : 4\nxen_minor              : 17\nxen_extra              : .7\nxen_version            : 4.17.7\n", "4.17.7")]
    [TestCase("host                   : h.example\nxen_major              : 4\nxen_minor              : 0\nxen_extra              : .1\nxen_caps               : xen-3.0-x86_64\n", "4.0.1", Description = "xl of Xen 4.0 and 4.1")]
    [TestCase("node_to_cpu            : node0:0-3\nnode_to_cpu            : node1:4-7\nxen_major : 3\nxen_minor : 4\n", "3.4", Description = "a NUMA host of xend's days")]
    [TestCase("nonsense", "unknown")]
    public void TheVersionIsFound(string info, string version) => Assert.That(XenInfo.Version(info), Is.EqualTo(version));

    [TestCase("free_memory            : 100\ntotal_memory           : 2047\n", 2047)]
    [TestCase("total_memory           : much\n", null)]
    public void TheHostsMemoryIsFound(string info, long? memory) => Assert.That(XenInfo.TotalMemory(info), Is.EqualTo(memory));
}
