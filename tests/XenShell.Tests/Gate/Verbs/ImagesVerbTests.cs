using System.Text.Json;
using XenShell.Core;
using XenShell.Core.Reports;
using XenShell.Tenant.Dispatch;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>images.</summary>
public sealed class ImagesVerbTests : VerbTest
{
    private static readonly string[] Two = ["debian-12", "debian-13"];

    public ImagesVerbTests()
    {
        Directory.CreateDirectory(Layout.ImagesFolder, (UnixFileMode)0b111_101_101);
        Image("debian-13", "title = Debian 13 (trixie)\ndescription = A small Debian with ssh.\nmin_disk = 900\nmin_memory = 256\nkernel = /boot/vmlinuz");
        Image("debian-12", "");
        Image("mail-only", "guests = mail*");
        Image("alices", "users = alice");
    }

    [Test]
    public void OnlyWhatThisCallerMayPutOnThisGuestIsNamed() => Assert.That(Names("images"), Is.EqualTo(Two));

    [Test]
    public void WhereAnImageComesFromIsNotTold() =>
        Assert.That(Run("images web1").Words, Does.Contain("\"kernel\":\"/boot/vmlinuz\"").And.Not.Contain("base.tar").And.Not.Contain("method").And.Not.Contain("mail-only").And.Not.Contain("alices"));

    // TU: a co-owner who may not re-image needs no list, and another's guest is none
    [TestCase("xen_shell = 'bob:operator'", "images web1", "images is not open to you as its operator")]
    [TestCase("xen_shell = 'bob'", "images db1", "no such guest")]
    public void WhoMayNotReimageIsToldNothing(string grant, string line, string said)
    {
        Grant(grant);
        var (code, words) = Run(line);
        Assert.That((code, words.Contains(said, StringComparison.Ordinal)), Is.EqualTo((ExitCode.NotAllowed, true)), words);
    }

    // CA: an archive that others can change
    [Test]
    public void ARefusedDefinitionIsNoImageAndOnRecordOnce()
    {
        File.SetUnixFileMode(Write("base.tar", ""), (UnixFileMode)0b110_110_110);
        Configure("support = dave");
        Assert.That(Names("images"), Is.Empty);
        Run("images");
        var record = File.ReadAllLines(Layout.AuditLog).Where(line => line.Contains("debian-13.conf:7: source: ", StringComparison.Ordinal));
        Assert.That(record.Count(), Is.EqualTo(1), File.ReadAllText(Layout.AuditLog));
        Assert.That(Run("images").Words, Does.Not.Contain("refused_files"));
        var forStaff = ImagesReport.Parse(System.Text.Encoding.UTF8.GetBytes(Run("images web1", "dave").Words));
        Assert.That(forStaff.RefusedFiles, Has.Count.EqualTo(4));
        Assert.That(ImagesText.Of(forStaff), Does.StartWith("4 image files are refused: ").And.EndWith("no image is open to you for web1; please ask your provider\n"));
    }

    [Test]
    public void PeopleReadAParagraphForEach() =>
        Assert.That(ImagesText.Of(ImagesReport.Parse(System.Text.Encoding.UTF8.GetBytes(Run("images").Words))), Is.EqualTo("""
            debian-12  debian-12
            debian-13  Debian 13 (trixie)
                A small Debian with ssh.
                needs a disk of 900 MiB and 256 MiB of memory

            """));

    private string[] Names(string line)
    {
        using var document = JsonDocument.Parse(Run(line).Words);
        return [.. document.RootElement.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("name").GetString()!)];
    }

    private void Image(string name, string lines)
    {
        Write("base.tar", "");
        Write($"etc/xen-shell/images.d/{name}.conf", $"{lines}\nmethod = tar\nsource = {Layout.Root}/base.tar\n");
    }
}
