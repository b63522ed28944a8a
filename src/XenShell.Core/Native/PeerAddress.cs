using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace XenShell.Core.Native;

/// <summary>Who is at the other end of a connection that some process of root's holds.</summary>
public static unsafe class PeerAddress
{
    private const int MaxAddress = 128; // sizeof(struct sockaddr_storage)

    /// <summary>The address of the first connection over IP among the process's descriptors; null where it has none, or it is not ours to see.</summary>
    public static string? Of(int pid)
    {
        var pidfd = Libc.syscall(Libc.SYS_pidfd_open, pid, 0);
        if (pidfd < 0)
        {
            return null;
        }

        using var process = new Fd((int)pidfd);
        return Descriptors(pid)
            .Select(number => Libc.syscall(Libc.SYS_pidfd_getfd, process.Number, number, 0))
            .Where(copy => copy >= 0)
            .Select(copy => OfCopy(new Fd((int)copy)))
            .FirstOrDefault(address => address is not null);
    }

    private static IEnumerable<int> Descriptors(int pid)
    {
        try
        {
            return [.. Folders.Names($"/proc/{pid}/fd")
                .Where(name => FileSystem.TryReadLink($"/proc/{pid}/fd/{name}")?.StartsWith("socket:", StringComparison.Ordinal) == true) // others close as we look
                .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
                .Order()];
        }
        catch (ErrnoException)
        {
            return []; // it has ended
        }
    }

    private static string? OfCopy(Fd socket)
    {
        using (socket)
        {
            var address = stackalloc byte[MaxAddress];
            uint length = MaxAddress;
            return Libc.getpeername(socket.Number, address, &length) == 0 ? Parse(new ReadOnlySpan<byte>(address, (int)Math.Min(length, MaxAddress))) : null;
        }
    }

    // ip(7), ipv6(7): family, port, then 4 bytes; or flow, 16 bytes, of which the last four are all where IPv4 came to an IPv6 socket.
    private static string? Parse(ReadOnlySpan<byte> address) =>
        (address.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(address) : 0) switch
        {
            Libc.AF_INET when address.Length >= 8 => Text(Libc.AF_INET, address.Slice(4, 4)),
            Libc.AF_INET6 when address.Length >= 24 && address.Slice(8, 12).SequenceEqual(MappedPrefix) => Text(Libc.AF_INET, address.Slice(20, 4)),
            Libc.AF_INET6 when address.Length >= 24 => Text(Libc.AF_INET6, address.Slice(8, 16)),
            _ => null,
        };

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    private static string? Text(ushort family, ReadOnlySpan<byte> address)
    {
        var text = stackalloc byte[MaxAddress];
        fixed (byte* start = address)
        {
            return Libc.inet_ntop(family, start, text, MaxAddress) == null ? null : Marshal.PtrToStringUTF8((nint)text);
        }
    }
}
