using XenShell.Core.GuestFiles;

namespace XenShell.Core.Guests;

/// <summary>
/// What a new system of the guest's has to know of its network: the addresses of its first vif line, and the line
/// xen_shell_net = 'netmask=255.255.255.0, gateway=192.0.2.1, gateway6=fe80::1, dns=192.0.2.53'.
/// </summary>
/// <param name="Addresses">Each with its prefix; empty where it asks for them (DHCP, router advertisements).</param>
public sealed record GuestNetwork(IReadOnlyList<HostAddress> Addresses, HostAddress? Gateway, HostAddress? Gateway6, IReadOnlyList<HostAddress> NameServers)
{
    private const string Key = "xen_shell_net";
    private const int UsualPrefix6 = 64;

    /// <exception cref="FormatException">The line is not understood, or an address has no prefix; names file, line and word.</exception>
    public static GuestNetwork Of(Guest guest)
    {
        var config = XlConfig.Parse(guest.Bytes, guest.File);
        var network = new GuestNetwork([], null, null, []);
        int? prefix = null, prefix6 = null;
        foreach (var word in (config.GetString(Key) ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (word[..at], word[(at + 1)..]) : (word, "");
            HostAddress Host(bool isV6) => HostAddress.TryParse(value, out var host) && host.Prefix is null && host.IsV6 == isV6 ? host : throw Error(word);
            switch (name)
            {
                case "netmask":
                    prefix = HostAddress.PrefixOf(value) ?? throw Error(word);
                    break;
                case "prefix6":
                    prefix6 = HostAddress.TryParse($"::/{value}", out var length) ? length.Prefix : throw Error(word);
                    break;
                case "gateway":
                    network = network with { Gateway = Host(isV6: false) };
                    break;
                case "gateway6":
                    network = network with { Gateway6 = Host(isV6: true) };
                    break;
                case "dns":
                    network = network with { NameServers = [.. network.NameServers, HostAddress.TryParse(value, out var server) && server.Prefix is null ? server : throw Error(word)] };
                    break;
                default:
                    throw Error(word);
            }
        }

        var first = (config.IsList("vif") ? config.GetStrings("vif") : null) ?? [];
        return network with { Addresses = [.. Vif.Addresses([.. first.Take(1)], int.MaxValue).Select(text => WithPrefix(text))] };

        FormatException Error(string word) => new($"{guest.File}:{config.LineOf(Key)}: {Key}: '{word}' is not understood; xen-shell.conf(5) has the words");

        HostAddress WithPrefix(string text) =>
            !HostAddress.TryParse(text, out var address) ? throw new FormatException($"{guest.File}: vif: '{text}' is no address")
            : address.Prefix is not null ? address
            : address with
            {
                Prefix = (address.IsV6 ? prefix6 ?? UsualPrefix6 : prefix)
                    ?? throw new FormatException($"{guest.File}: the netmask of {text} is not known: {Key} = 'netmask=…, gateway=…' says it"),
            };
    }
}
