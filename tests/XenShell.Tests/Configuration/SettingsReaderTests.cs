using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Configuration;

namespace XenShell.Tests.Configuration;

public sealed class SettingsReaderTests
{
    private Scratch host = null!;

    [SetUp]
    public void Make() => host = new Scratch();

    [TearDown]
    public void Clear() => host.Dispose();

    [Test]
    public void AMissingFileMeansTheDefaults()
    {
        var settings = SettingsReader.Read(host.Layout);
        Assert.That(settings.Patterns, Is.EqualTo(new[] { host.At("etc/xen/*.cfg"), host.At("etc/xen/auto/*") }));
        Assert.That(settings.NameGrants, Is.True);
        Assert.That(settings.ShutdownTimeout, Is.EqualTo(TimeSpan.FromSeconds(120)));
    }

    // CA: defaults in place of a file that an administrator meant would undo its blacklist
    [Test]
    public void ALinkThatLeadsNowhereIsNoMissingFile()
    {
        File.CreateSymbolicLink(host.Layout.ConfigurationFile, "xen-shell.conf.production");
        Assert.That(() => SettingsReader.Read(host.Layout), Throws.TypeOf<ConfigurationException>().With.Message.Contains("leads nowhere"));
    }

    [Test]
    public void AFolderThatLeadsNowhereIsNoMissingFile()
    {
        Directory.Delete(host.At("etc/xen-shell"), recursive: true);
        File.CreateSymbolicLink(host.At("etc/xen-shell"), "/nonexistent");
        Assert.That(() => SettingsReader.Read(host.Layout), Throws.TypeOf<ConfigurationException>());
        File.Delete(host.At("etc/xen-shell"));
        File.WriteAllText(host.At("etc/xen-shell"), "");
        Assert.That(() => SettingsReader.Read(host.Layout), Throws.TypeOf<ConfigurationException>());
    }

    [Test]
    public void EveryKeyIsRead()
    {
        var settings = Read("""
            # remark
            banner = Welcome to Example Hosting
            pattern = /etc/xen/*.cfg, /srv/xen/guest?
            blacklist = serial, uptime
            history = .history
            updatedns = /usr/local/sbin/update $FILE
            toolstack = xm
            toolstack_path = /opt/xm
            name_grants = no
            support = %noc, carol
            shutdown_timeout = 30
            boot_watch = 9
            """);
        Assert.That(settings.Banner, Is.EqualTo("Welcome to Example Hosting"));
        Assert.That(settings.Patterns, Is.EqualTo(new[] { "/etc/xen/*.cfg", "/srv/xen/guest?" }));
        Assert.That(settings.Blacklist.Names(CommandTable.Product.Find("console")!), Is.True);
        Assert.That(settings.History, Is.EqualTo(".history"));
        Assert.That(settings.Toolstack, Is.EqualTo(ToolstackKind.Xm));
        Assert.That(settings.ToolstackPath, Is.EqualTo("/opt/xm"));
        Assert.That(settings.NameGrants, Is.False);
        Assert.That(settings.Support.Select(grantee => grantee.ToString()), Is.EqualTo(new[] { "%noc", "carol" }));
        Assert.That(settings.ShutdownTimeout, Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(settings.BootWatch, Is.EqualTo(TimeSpan.FromSeconds(9)));
    }

    // CA: what cannot be read grants nothing; the message names file and key
    [TestCase("suport = bob", "suport")]
    [TestCase("name_grants = maybe", "name_grants")]
    [TestCase("name_grants = yes # for now", "name_grants")]
    [TestCase("shutdown_timeout = 0", "shutdown_timeout")]
    [TestCase("shutdown_timeout = +5", "shutdown_timeout")]
    [TestCase("shutdown_timeout = 5s", "shutdown_timeout")]
    [TestCase("toolstack = virsh", "toolstack")]
    [TestCase("toolstack_path = xl", "toolstack_path")]
    [TestCase("toolstack_path = /usr/../tmp/xl", "toolstack_path")]
    [TestCase("pattern = xen/*.cfg", "pattern")]
    [TestCase("pattern = /home/*/xen.cfg", "pattern")]
    [TestCase("pattern =", "pattern")]
    [TestCase("history = ../x", "history")]
    [TestCase("history = /etc/passwd", "history")]
    [TestCase("support = %", "support")]
    [TestCase("blacklist = shutdwon", "blacklist")]
    [TestCase("[section]\nbanner = x", "section")]
    [TestCase("banner = a\nbanner = b", "banner")]
    [TestCase("banner = x\r\n", "ASCII")]
    [TestCase("\ufeffbanner = x", "ASCII")]
    [TestCase("no equals sign", "")]
    public void ABadFileIsAnErrorThatNamesItself(string text, string says) =>
        Assert.That(() => Read(text), Throws.TypeOf<ConfigurationException>().With.Message.Contains(host.Layout.ConfigurationFile).And.Message.Contains(says));

    // the INI reader's own words are not in our programs, and it drops lines that begin with '/'
    [TestCase("no equals sign", "no '=': a line reads 'key = value'")]
    [TestCase("= x", "no key before '='")]
    [TestCase("/ blacklist = poweroff", "a line cannot begin with '/'; a remark begins with '#'")]
    [TestCase("  // remark", "a line cannot begin with '/'; a remark begins with '#'")]
    [TestCase("[section]", "there are no [sections] in this file")]
    [TestCase("a:b = c", "unknown key; xen-shell.conf(5) lists them")]
    [TestCase("banner = b", "banner: already set in line 2")]
    [TestCase("BANNER = b", "BANNER: already set in line 2")]
    [TestCase("boot_watch = never", "boot_watch: 'never' must be seconds, 1 to 300")]
    [TestCase("suport = bob", "suport: unknown key; xen-shell.conf(5) lists them")]
    [TestCase("support = bob # staff", "support: a remark behind a value would belong to the value; give it a line of its own")]
    public void AnErrorNamesItsLine(string line, string reason) =>
        Assert.That(
            () => Read($"# remark\nbanner = a\n\n{line}\n; the end\n"),
            Throws.TypeOf<ConfigurationException>().With.Message.EqualTo($"{host.Layout.ConfigurationFile}:4: {reason}"));

    [Test]
    public void AFileThatOthersCanWriteIsAnError()
    {
        File.SetUnixFileMode(host.Write("etc/xen-shell/xen-shell.conf", "banner = x\n"), (UnixFileMode)0b110_100_110);
        Assert.That(() => SettingsReader.Read(host.Layout), Throws.TypeOf<ConfigurationException>());
    }

    [Test]
    public void TheShippedFileIsValid() =>
        Assert.That(() => SettingsReader.Parse(File.ReadAllBytes(Repository.At("src/etc/xen-shell.conf")), host.Layout), Throws.Nothing);

    private Settings Read(string text) => SettingsReader.Parse(Encoding.UTF8.GetBytes(text), host.Layout);
}
