using System.Text;
using System.Text.Json;
using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Sim.Domains;

namespace XenShell.Sim.Guests;

/// <summary>
/// A guest from its creation to its end, over its reboots: each life is a domain with an id of its own.
/// xl's background process, which applies on_reboot and its kin, is part of it.
/// </summary>
internal static class GuestProcess
{
    private const int MaxOrder = 64 << 10; // a kernel command line is the longest part

    // How long the lab's xl leaves a rebooting guest without a domain, and then without memory; shortened.
    private static readonly TimeSpan gap = TimeSpan.FromMilliseconds(250);

    public static int Run(HostLayout layout, Fd input, Fd output)
    {
        if (ReadOrder(input) is not { } order)
        {
            return 1; // create was killed half-way: there is no domain
        }

        var store = new DomainStore(layout);
        Domain? next;
        try
        {
            using var life = GuestLife.Begin(layout, store, order);
            Answer(output, "");
            next = life.Run();
        }
        catch (DomainRefusedException refused)
        {
            Answer(output, refused.Message);
            return 1;
        }
        catch (ErrnoException)
        {
            return 1; // somebody removed the host's folders
        }

        while (next is not null)
        {
            next = Again(layout, store, order with { Domain = next, Paused = false });
        }

        return 0;
    }

    private static Domain? Again(HostLayout layout, DomainStore store, DomainOrder order)
    {
        Poll.Pause(gap);
        try
        {
            using var life = GuestLife.Begin(layout, store, order, building: true);
            Poll.Pause(gap);
            return life.Run();
        }
        catch (Exception e) when (e is DomainRefusedException or ErrnoException)
        {
            return null; // somebody took the name meanwhile, or the whole root; xl's background process gives up, too
        }
    }

    private static DomainOrder? ReadOrder(Fd input)
    {
        var bytes = new MemoryStream();
        Span<byte> buffer = stackalloc byte[4096];
        int count;
        while ((count = input.Read(buffer)) > 0 && bytes.Length < MaxOrder)
        {
            bytes.Write(buffer[..count]);
            if (buffer[count - 1] == '\n')
            {
                return JsonSerializer.Deserialize(bytes.ToArray(), DomainJson.Default.DomainOrder);
            }
        }

        return null;
    }

    private static void Answer(Fd output, string text)
    {
        try
        {
            output.WriteAll(Encoding.UTF8.GetBytes(text + '\0'));
        }
        catch (ErrnoException)
        {
            // Whoever created the guest is gone; the guest stays.
        }
    }
}
