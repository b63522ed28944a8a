using System.Buffers.Binary;
using System.Text;
using XenShell.Core.Access;

namespace XenShell.Tests.Access;

public sealed class PublicKeyTests
{
    private static readonly string Ed25519 = Blob("ssh-ed25519", 32);
    private static readonly string Rsa = Blob("ssh-rsa", 3, 513);

    [Test]
    public void AKeySaysItsOwnType()
    {
        Assert.That(PublicKey.TryParse(Ed25519, out var key), Is.True);
        Assert.That(key!.Line("bob@dom0"), Is.EqualTo($"ssh-ed25519 {Ed25519} bob@dom0"));
    }

    // TU: a line of its own, or an option, in root's authorized_keys
    [TestCase("\n")]
    [TestCase(" ")]
    [TestCase("\"")]
    [TestCase("\u00e9")]
    public void NothingButBase64IsAKey(string text)
    {
        Assert.That(PublicKey.TryParse(Ed25519 + text, out _), Is.False);
        Assert.That(PublicKey.TryParse(Ed25519.Insert(10, text), out _), Is.False);
    }

    [Test]
    public void AKeyThatIsCutShortOrOfAnotherKindIsNone()
    {
        Assert.That(PublicKey.TryParse(Rsa[..^40], out _), Is.False);
        Assert.That(PublicKey.TryParse(Blob("ssh-dss", 20, 20, 20), out _), Is.False);
        Assert.That(PublicKey.TryParse(Blob("ssh-ed25519-cert-v01@openssh.com", 32, 32), out _), Is.False);
        Assert.That(PublicKey.TryParse("", out _), Is.False);
    }

    [Test]
    public void AFileOfKeysIsReadAsSshdReadsIt() =>
        Assert.That(
            PublicKey.In($"# remark ssh-rsa {Rsa}\n\n  ssh-ed25519 {Ed25519} bob@laptop\r\ncommand=\"date -u\",no-pty ssh-rsa {Rsa}\nssh-rsa {Ed25519} lies\nssh-ed25519 {Ed25519}\n")
                .Select(key => key.Type),
            Is.EqualTo(new[] { "ssh-ed25519", "ssh-rsa" }));

    [TestCase("SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDnLPZ7u4BGcGTKqxY", true)]
    [TestCase("SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDnLPZ7u4BGcGTKqx", false)]
    [TestCase("SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDnLPZ7u4BGcGTKq\nY", false)]
    [TestCase("login", true)]
    [TestCase("all", true)]
    [TestCase("everybody", false)]
    public void AChoiceOfKeys(string text, bool isChoice) => Assert.That(LoginKeys.IsChoice(text), Is.EqualTo(isChoice));

    [Test]
    public void AKeyFileThatOthersCanWriteHasNoKeys()
    {
        using var host = new Scratch();
        Directory.CreateDirectory(host.Layout.KeysFolder);
        foreach (var folder in new[] { "etc/ssh", "etc/ssh/xen-shell-keys" })
        {
            File.SetUnixFileMode(host.At(folder), (UnixFileMode)0b111_101_101);
        }

        var file = host.Write("etc/ssh/xen-shell-keys/bob", $"ssh-ed25519 {Ed25519} bob@laptop\n");
        Assert.That(LoginKeys.Of(host.Layout, "bob"), Has.Count.EqualTo(1));
        Assert.That(LoginKeys.Of(host.Layout, "alice"), Is.Empty);
        File.SetUnixFileMode(file, (UnixFileMode)0b110_110_100);
        Assert.That(LoginKeys.Of(host.Layout, "bob"), Is.Empty);
    }

    // RFC 4253, 6.6: fields of four bytes of length and the bytes
    private static string Blob(string type, params int[] lengths)
    {
        var bytes = new List<byte>();
        foreach (var field in lengths.Select(length => Enumerable.Range(1, length).Select(i => (byte)(i * 37)).ToArray()).Prepend(Encoding.ASCII.GetBytes(type)))
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            bytes.AddRange([.. length, .. field]);
        }

        return Convert.ToBase64String([.. bytes]);
    }
}
