using System.Text;
using XenShell.Core.Access;

namespace XenShell.Tests.Access;

public sealed class Sha256Tests
{
    // FIPS 180-2, appendix B
    [TestCase("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [TestCase("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void TheStandardsOwnExamples(string message, string hash) =>
        Assert.That(Convert.ToHexStringLower(Sha256.Of(Encoding.ASCII.GetBytes(message))), Is.EqualTo(hash));

    [Test]
    public void TheSameAsTheRuntimesOwnForEveryLength()
    {
        var random = new Random(1);
        for (var length = 0; length < 300; length++)
        {
            var message = new byte[length];
            random.NextBytes(message);
            Assert.That(Sha256.Of(message), Is.EqualTo(System.Security.Cryptography.SHA256.HashData(message)), $"{length}");
        }
    }
}
