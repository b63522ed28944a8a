using System.Text;
using XenShell.Core.Guests;

namespace XenShell.Worker.Systems;

/// <summary>The guest's network in the words of what the image brings it up with: systemd-networkd, or Debian's ifupdown.</summary>
internal static class NetworkFiles
{
    // The kernel's name of the first interface, and systemd's since version 253.
    private static readonly string[] Interfaces = ["eth0", "enX0"];

    private static readonly string[] IfUpDown = ["etc/network/interfaces", "usr/sbin/ifup", "sbin/ifup"];
    private static readonly string[] Networkd = ["usr/lib/systemd/systemd-networkd", "lib/systemd/systemd-networkd"];

    internal static IEnumerable<SystemFile> Of(GuestNetwork network, IBaseSystem system)
    {
        if (!IfUpDown.Any(system.Has) && Networkd.Any(system.Has))
        {
            yield return SystemFile.Text("etc/systemd/network/10-xen-shell.network", OfNetworkd(network));
            yield return SystemFile.Link("etc/systemd/system/multi-user.target.wants/systemd-networkd.service", "/lib/systemd/system/systemd-networkd.service");
        }
        else
        {
            yield return SystemFile.Text("etc/network/interfaces", OfIfUpDown(network));
        }

        if (network.NameServers.Count > 0)
        {
            yield return SystemFile.Text("etc/resolv.conf", string.Concat(network.NameServers.Select(server => $"nameserver {server.Text}\n")));
        }
    }

    // Whichever of the names there is comes up; the other one is waited for by nobody.
    internal static string OfIfUpDown(GuestNetwork network)
    {
        var text = new StringBuilder("auto lo\niface lo inet loopback\n");
        foreach (var name in Interfaces)
        {
            text.Append($"\nallow-hotplug {name}\n");
            if (network.Addresses.Count == 0)
            {
                text.Append($"iface {name} inet dhcp\n");
            }

            foreach (var isV6 in new[] { false, true })
            {
                var gateway = isV6 ? network.Gateway6 : network.Gateway;
                foreach (var address in network.Addresses.Where(address => address.IsV6 == isV6))
                {
                    text.Append($"iface {name} {(isV6 ? "inet6" : "inet")} static\n    address {address.Text}/{address.Prefix}\n");
                    text.Append(gateway is null ? "" : $"    gateway {gateway.Text}\n");
                    gateway = null; // once is enough
                }
            }
        }

        return text.ToString();
    }

    internal static string OfNetworkd(GuestNetwork network) =>
        $"[Match]\nName={string.Join(' ', Interfaces)}\n\n[Network]\n"
        + (network.Addresses.Count == 0 ? "DHCP=yes\n" : string.Concat(network.Addresses.Select(address => $"Address={address.Text}/{address.Prefix}\n")))
        + string.Concat(new[] { network.Gateway, network.Gateway6 }.OfType<HostAddress>().Select(gateway => $"Gateway={gateway.Text}\n"))
        + string.Concat(network.NameServers.Select(server => $"DNS={server.Text}\n"));
}
