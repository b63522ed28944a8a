using System.Text;
using XenShell.Core.Commands;
using XenShell.Core.Guests;
using XenShell.Core.Names;

namespace XenShell.Tests.Guests;

public sealed class GuestNetworkTests
{
    [Test]
    public void AGuestWithoutAddressesAsksForThem() => Assert.That(Of("vif = [ 'bridge=br0' ]").Addresses, Is.Empty);

    [Test]
    public void TheFirstLineOfTheNetworkCounts() =>
        Assert.That(Texts(Of("vif = [ 'ip=192.0.2.7/25', 'ip=198.51.100.7' ]")), Is.EqualTo(new[] { "192.0.2.7/25" }));

    [Test]
    public void ThePrefixStandsInTheGuestsFile() =>
        Assert.That(Texts(Of("vif = [ 'ip=192.0.2.7 2001:db8::7' ]\nxen_shell_net = 'netmask=255.255.255.128, prefix6=48'")), Is.EqualTo(new[] { "192.0.2.7/25", "2001:db8::7/48" }));

    [TestCase("netmask=255.0.255.0")]
    [TestCase("netmask=24")]
    [TestCase("gateway=fe80::1")]
    [TestCase("gateway=192.0.2.1/24")]
    [TestCase("gateway=010.0.2.1")]
    [TestCase("gateway6=fe80::1%eth0")]
    [TestCase("prefix6=129")]
    [TestCase("prefix6=-1")]
    [TestCase("dns=host.example")]
    [TestCase("gateway")]
    [TestCase("mtu=9000")]
    public void WhatIsNotUnderstoodIsNamed(string word) =>
        Assert.That(() => Of($"memory = 96\nxen_shell_net = '{word}'"), Throws.InstanceOf<FormatException>().With.Message.Contains($"web1.cfg:2: xen_shell_net: '{word}'"));

    [TestCase("vif = [ 'ip=192.0.2.7' ]", "the netmask of 192.0.2.7 is not known")]
    [TestCase("vif = [ 'ip=192.0.2' ]", "'192.0.2' is no address")]
    public void AnAddressThatCannotBeSetUpIsNamed(string line, string said) =>
        Assert.That(() => Of(line), Throws.InstanceOf<FormatException>().With.Message.Contains(said));

    private static GuestNetwork Of(string lines) => GuestNetwork.Of(new Guest(GuestName.Parse("web1"), "/etc/xen/web1.cfg")
    {
        Bytes = Encoding.UTF8.GetBytes(lines + "\n"), Grants = [], Blacklist = Blacklist.Empty,
    });

    private static IEnumerable<string> Texts(GuestNetwork network) => network.Addresses.Select(address => $"{address.Text}/{address.Prefix}");
}
