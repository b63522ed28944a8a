using XenShell.Core.Configuration;
using XenShell.Core.Grants;
using XenShell.Core.Guests;
using XenShell.Core.Images;
using XenShell.Core.Judgement;
using XenShell.Core.Names;
using XenShell.Core.Native;

namespace XenShell.Tests.Images;

public sealed class ImageCatalogTests
{
    private const string Debian = "title = Debian 12\nmethod = xen-tools\ndist = bookworm\n";
    private Scratch host = null!;

    [SetUp]
    public void Make()
    {
        host = new Scratch();
        Directory.CreateDirectory(host.Layout.ImagesFolder, (UnixFileMode)0b111_101_101);
    }

    [TearDown]
    public void Clear() => host.Dispose();

    [Test]
    public void WithoutAFolderThereAreNoImages()
    {
        Directory.Delete(host.Layout.ImagesFolder);
        var catalog = Read();
        Assert.That(catalog.Images, Is.Empty);
        Assert.That(catalog.Problems, Is.Empty);
    }

    // CA: one image's storage is dead, and everybody's job stood still
    [Test]
    public void OfOneImageOnlyItsOwnFilesAreLookedAt()
    {
        foreach (var name in new[] { "one", "two" })
        {
            Write(name, $"method = tar\nsource = {host.Write($"etc/{name}.tar", "")}\n");
        }

        string[] asked = [];
        var image = ImageCatalog.Find(host.Layout, "one", paths =>
        {
            asked = [.. paths];
            return [];
        });
        Assert.That((image.Name, asked), Is.EqualTo(("one", new[] { host.At("etc/one.tar") })));
        Assert.That(() => ImageCatalog.Find(host.Layout, "two", paths => [.. paths]), Throws.TypeOf<ConfigurationException>().With.Message.Contains("does not answer"));
    }

    [Test]
    public void EveryKeyIsRead()
    {
        var source = host.Write("etc/bookworm.tar", "");
        var image = Only($"""
            # remark
            title = Debian 12
            description = A small Debian with ssh
            method = xen-tools
            dist = bookworm
            install_method = tar
            source = {source}
            mirror = http://deb.example.org/debian
            filesystem = ext3
            roles = udev, minimal
            min_disk = 900
            max_disk = 100000
            min_memory = 256
            guests = web*, db1
            users = bob, %web
            kernel = /boot/vmlinuz
            ramdisk = /boot/initrd.img
            """);
        Assert.That((image.Kernel, image.Ramdisk), Is.EqualTo(("/boot/vmlinuz", "/boot/initrd.img")));
        Assert.That(image.Title, Is.EqualTo("Debian 12"));
        Assert.That(image.Description, Is.EqualTo("A small Debian with ssh"));
        Assert.That(image.Method, Is.EqualTo(ImageMethod.XenTools));
        Assert.That((image.Dist, image.InstallMethod, image.Source), Is.EqualTo(("bookworm", "tar", source)));
        Assert.That(image.Mirror, Is.EqualTo("http://deb.example.org/debian"));
        Assert.That(image.Filesystem, Is.EqualTo("ext3"));
        Assert.That(image.Roles, Is.EqualTo(new[] { "udev", "minimal" }));
        Assert.That((image.MinDisk, image.MaxDisk, image.MinMemory), Is.EqualTo((900, 100_000, 256)));
        Assert.That(image.IsFor(GuestName.Parse("web7")), Is.True);
        Assert.That(image.IsFor(GuestName.Parse("mail")), Is.False);
    }

    [TestCase("tar", ImageMethod.Tar)]
    [TestCase("raw", ImageMethod.Raw)]
    public void AnImageOfOneFileMayNameItsChecksum(string method, ImageMethod expected)
    {
        var source = host.Write("etc/base", "");
        var image = Only($"method = {method}\nsource = {source}\nsha256 = {new string('A', 64)}\n");
        Assert.That((image.Method, image.Source, image.Checksum), Is.EqualTo((expected, source, new string('a', 64))));
    }

    // CA: what would reach the argv of a program that root runs
    [TestCase(Debian + "roles = --force", ":4: roles")]
    [TestCase(Debian + "dist2 = x", ":4: dist2: unknown key")]
    [TestCase(Debian + "mirror = ext::x", ":4: mirror")]
    [TestCase(Debian + "filesystem = xfs", ":4: filesystem: 'xfs' must be one of ext2, ext3, ext4")]
    [TestCase(Debian + "source = /srv/../etc/shadow", ":4: source")]
    [TestCase(Debian + "source = /srv/$(date).tar", ":4: source")]
    [TestCase(Debian + "min_disk = -1", ":4: min_disk")]
    [TestCase(Debian + "guests = web1;db1", ":4: guests")]
    [TestCase(Debian + "users = -x", ":4: users")]
    [TestCase(Debian + "install_method = tar", "source is missing")]
    [TestCase("method = xen-tools", "dist is missing")]
    [TestCase("method = command", "program is missing")]
    [TestCase("method = dd", ":1: method")]
    [TestCase("title = Debian 12", "method is missing")]
    [TestCase(Debian + "source = /nonexistent/base.tar\ninstall_method = tar", ":4: source: /nonexistent")]
    [TestCase("method = command\nprogram = /nonexistent/build", ":2: program: /nonexistent")]
    [TestCase("method = tar", "source is missing")]
    [TestCase("method = raw", "source is missing")]
    [TestCase("method = raw\nsource = /base.img\nfilesystem = ext4", ":3: filesystem: means nothing with method = raw")]
    [TestCase("method = command\nprogram = /build\nroles = udev", ":3: roles: means nothing with method = command")]
    [TestCase("method = tar\nsource = /base.tar\nsha256 = 12", ":3: sha256: must be 64 hexadecimal digits")]
    [TestCase(Debian + "min_disk = 9\nmax_disk = 8", "min_disk is 9, and max_disk is 8")]
    [TestCase("method = tar\nsource = /", ":2: source")]
    [TestCase(Debian + "users = ,", ":4: users: names nobody")]
    [TestCase(Debian + "guests =", ":4: guests: names nobody")]
    [TestCase(Debian + "mirror = file:///nonexistent/debian", ":4: mirror: /nonexistent/debian")]
    public void WhatIsWrongIsNoImageAndTold(string text, string reason)
    {
        Write("good", Debian);
        Write("bad", text);
        var catalog = Read();
        Assert.That(catalog.Images.Select(image => image.Name), Is.EqualTo(new[] { "good" }));
        Assert.That(catalog.Problems, Has.Count.EqualTo(1));
        Assert.That(catalog.Problems[0].ToString(), Does.StartWith($"{host.Layout.ImagesFolder}/bad.conf").And.Contains(reason));
    }

    // TU, CA: an archive that others can change is a system that others have written
    [Test]
    public void WhatOthersCanChangeIsNoImage()
    {
        var source = host.Write("etc/base.tar", "");
        Write("debian", Debian + $"install_method = tar\nsource = {source}");
        File.SetUnixFileMode(source, (UnixFileMode)0b110_110_100);
        Assert.That(Read().Images, Is.Empty);
        File.SetUnixFileMode(source, (UnixFileMode)0b110_100_100);
        Assert.That(Read().Images, Has.Count.EqualTo(1));
        File.SetUnixFileMode(Write("debian", Debian), (UnixFileMode)0b110_110_100);
        Assert.That(Read().Problems, Has.Count.EqualTo(1));
    }

    // CA: mke2fs would be given whatever is there by then
    [Test]
    public void TheSourceOfAnArchiveIsAFile()
    {
        Directory.CreateDirectory(host.At("etc/tree"), (UnixFileMode)0b111_101_101);
        Write("debian", $"method = tar\nsource = {host.At("etc/tree")}\n");
        Assert.That(Read().Problems.Single().Reason, Does.Contain(":2: source").And.Contain("is not a file"));
    }

    [TestCase("Debian")]
    [TestCase("on")]
    [TestCase("-x")]
    [TestCase("a b")]
    public void ANameIsAWordOfSmallLetters(string name)
    {
        Write(name, Debian);
        Assert.That(Read().Problems.Single().Reason, Does.Contain("small letters"));
    }

    [Test]
    public void AnImageIsForItsUsersAndForStaff()
    {
        var image = Only(Debian + "guests = web1\nusers = bob, %web");
        host.Guest("web1", "xen_shell = 'bob, alice, carol'");
        host.Guest("web2", "xen_shell = 'bob'");
        Assert.That(MayUse("bob", "web1"), Is.True);
        Assert.That(MayUse("alice", "web1"), Is.False);
        Assert.That(MayUse("carol", "web1"), Is.True);
        Assert.That(MayUse("dave", "web1"), Is.True);
        Assert.That(MayUse("bob", "web2"), Is.False);

        bool MayUse(string user, string guest)
        {
            var settings = new Settings { Patterns = [host.At("etc/xen/*.cfg")], Support = [Grantee.Parse("dave")] };
            var judge = new Judge(settings, (account, group) => account.Name == "carol" && group == "web");
            var account = new Account(user, 2000, 2000, $"/home/{user}");
            Assert.That(GuestCatalog.Read(host.Layout, settings).TryFind(GuestName.Parse(guest), out var found), Is.True);
            return judge.MayUse(account, image, judge.Standing(account, found!)!);
        }
    }

    // CA: images on a storage that is dead
    [Test]
    public void WhatDoesNotAnswerIsNotOpened()
    {
        Write("debian", "method = tar\nsource = /dead/base.tar\n");
        Write("other", Debian);
        var catalog = ImageCatalog.Read(host.Layout, paths => [.. paths]);
        Assert.That(catalog.Images.Select(image => image.Name), Is.EqualTo(new[] { "other" }));
        Assert.That(catalog.Problems.Single().ToString(), Does.EndWith("debian.conf:2: source: /dead/base.tar: its storage does not answer"));
    }

    private ImageCatalog Read() => ImageCatalog.Read(host.Layout, _ => []);

    private string Write(string name, string text) => host.Write($"etc/xen-shell/images.d/{name}.conf", text);

    private Image Only(string text)
    {
        Write("debian", text);
        var catalog = Read();
        Assert.That(catalog.Problems, Is.Empty);
        Assert.That(catalog.TryFind("debian", out var image), Is.True);
        return image!;
    }
}
