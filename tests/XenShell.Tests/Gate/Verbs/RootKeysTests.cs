using System.Buffers.Binary;
using XenShell.Core;
using XenShell.Gate;

namespace XenShell.Tests.Gate.Verbs;

/// <summary>Whose keys let root into a new system, and how many.</summary>
public sealed class RootKeysTests : VerbTest
{
    public RootKeysTests()
    {
        Configure("boot_watch = 1\nsupport = dave");
        foreach (var folder in new[] { Layout.ImagesFolder, $"{Layout.Root}/etc/ssh", Layout.KeysFolder })
        {
            Directory.CreateDirectory(folder, (UnixFileMode)0b111_101_101);
        }

        Write("base.tar", "");
        Write("etc/xen-shell/images.d/tiny.conf", $"method = tar\nsource = {Layout.Root}/base.tar\n");
    }

    // TU: a file of thousands of keys, all of which would stand in the job's record and in the new system
    [TestCase("--plan", "bob")]
    [TestCase("--plan --key=all", "bob")]
    [TestCase("--plan --reason=help", "dave", "the owners of web1 have more than 50 keys")]
    public void ThousandsOfKeysAreRefused(string options, string user, string said = "bob has more than 50 keys")
    {
        Keys("bob", 0, GateLimits.RootKeys + 1);
        var (code, words) = Run($"reimage web1 tiny {options}", user);
        Assert.That((code, words), Is.EqualTo((ExitCode.Usage, $"xen-shell: {said}; choose one with --key\n")));
    }

    // the same by two owners, each with few
    [Test]
    public void TheKeysOfAllOwnersAreCountedTogether()
    {
        Grant("xen_shell = 'bob, alice'");
        Keys("bob", 0, 30);
        Keys("alice", 100, 30);
        Assert.That(Run("reimage web1 tiny --plan --reason=help", "dave").Words, Does.Contain("the owners of web1 have more than 50 keys"));
    }

    // the same by few keys of the largest kind
    [Test]
    public void KeysThatAreTooLongTogetherAreRefused()
    {
        Keys("bob", 0, 20, length: 2048);
        Assert.That(Run("reimage web1 tiny --plan").Words, Does.Contain("bob has more than 48 KiB of keys; choose one with --key"));
    }

    // support had got root's password of a guest of others, who have keys
    [Test]
    public void AnOwnerByTheGuestsNameHasKeysToo()
    {
        Write("etc/xen/daemon.cfg", $"name = 'daemon'\ndisk = [ '{Write("etc/daemon.img", "x")},raw,xvda,w' ]\n"); // an account that every host has
        Keys("daemon", 0, 1);
        Assert.That(Run("reimage daemon tiny --plan --reason=help", "dave").Words, Does.Contain("Root gets in by the key SHA256:"));
    }

    [Test]
    public void AsManyAsAPersonHasAreTaken()
    {
        Keys("bob", 0, GateLimits.RootKeys);
        Assert.That(Run("reimage web1 tiny --plan").Words, Does.Not.Contain("--key"));
    }

    private void Keys(string user, int first, int count, int length = 32) =>
        Write($"etc/ssh/xen-shell-keys/{user}", string.Concat(Enumerable.Range(first, count).Select(number => $"ssh-ed25519 {Blob(number, length)}\n")));

    private static string Blob(int number, int length)
    {
        var bytes = new byte[4 + 11 + 4 + length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 11);
        "ssh-ed25519"u8.CopyTo(bytes.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(15), length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(19), number);
        return Convert.ToBase64String(bytes);
    }
}
