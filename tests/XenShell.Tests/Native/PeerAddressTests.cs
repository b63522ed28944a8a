using System.Net;
using System.Net.Sockets;
using XenShell.Core.Native;

namespace XenShell.Tests.Native;

public sealed class PeerAddressTests
{
    [TestCase("127.0.0.1", "127.0.0.1", "127.0.0.1")]
    [TestCase("::1", "::1", "::1")]
    [TestCase("::", "127.0.0.1", "127.0.0.1")] // comes as ::ffff:127.0.0.1
    public void AConnectionOfAProcessHasItsOtherEnd(string listen, string connect, string expected)
    {
        using var listener = new Socket(IPAddress.Parse(listen).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (listener.AddressFamily == AddressFamily.InterNetworkV6)
        {
            listener.DualMode = true;
        }

        listener.Bind(new IPEndPoint(IPAddress.Parse(listen), 0));
        listener.Listen();

        // A child holds the accepted end as its standard input, and nothing else of the kind.
        using var client = new TcpClient(connect, ((IPEndPoint)listener.LocalEndPoint!).Port);
        using var accepted = listener.Accept();
        using var child = ChildProcess.Start(new SpawnRequest("/bin/sleep", ["/bin/sleep", "60"], []) { Input = new Fd((int)accepted.Handle, owned: false) });
        try
        {
            Assert.That(PeerAddress.Of(child.Pid), Is.EqualTo(expected));
        }
        finally
        {
            child.Kill();
        }
    }

    [Test]
    public void AProcessWithoutOneHasNone()
    {
        using var child = ChildProcess.Start(new SpawnRequest("/bin/sleep", ["/bin/sleep", "60"], []));
        Assert.That(PeerAddress.Of(child.Pid), Is.Null);
        child.Kill();
    }
}
