using XenShell.Core.Native;

namespace XenShell.Tests.Native;

/// <summary>What may be dropped of the own mappings, and above all what may not.</summary>
public sealed class OwnMemoryTests
{
    [Test]
    public void OnlyCleanPagesOfFilesAreDropped()
    {
        const string Smaps = """
            55b8d2074000-55b8d23e0000 r-xp 0004c000 fe:00 1234                       /usr/lib/xen-shell/xen-shell-screen
            Size:               3504 kB
            Anonymous:             0 kB
            VmFlags: rd ex mr mw me
            55b8d2553000-55b8d2680000 r--p 0052b000 fe:00 1234                       /usr/lib/xen-shell/xen-shell-screen
            Anonymous:            52 kB
            55b8d2680000-55b8d2695000 rw-p 00657000 fe:00 1234                       /usr/lib/xen-shell/xen-shell-screen
            Anonymous:             0 kB
            55b8d2695000-55b8d2843000 r--p 00000000 00:00 0
            Anonymous:             0 kB
            7ffb4cb49000-7ffb4cc9f000 r--s 00028000 fe:00 99                         /usr/share/shared
            Anonymous:             0 kB
            7fff0000-7fff2000 r-xp 00000000 00:00 0                                  [vdso]
            Anonymous:             0 kB
            """;
        Assert.That(OwnMemory.CleanMappings(Smaps).Select(range => ((ulong)range.Start, (ulong)range.End)), Is.EqualTo(new (ulong, ulong)[] { (0x55b8d2074000, 0x55b8d23e0000) }));
    }
}
