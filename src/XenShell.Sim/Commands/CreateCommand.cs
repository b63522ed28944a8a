using System.Text;
using XenShell.Core.GuestFiles;
using XenShell.Core.Native;
using XenShell.Sim.Consoles;
using XenShell.Sim.Domains;
using XenShell.Sim.Guests;

namespace XenShell.Sim.Commands;

/// <summary>xl create FILE ['key="value"' …]: any argument with '=' is configuration, appended to the file.</summary>
internal sealed class CreateCommand(DomainStore store, Streams streams, IGuestStarter starter)
{
    private const int Failed = 3; // xl ends with -ERROR_FAIL

    private const int MaxFile = 1 << 20; // arbitrary; real ones have less than 10 kB

    private const int IsLink = 40; // ELOOP

    private const int MaxLinks = 16; // deeper chains are a loop

    private static readonly Dictionary<string, char> words = new() { ["defconfig"] = 'f', ["quiet"] = 'q', ["dryrun"] = 'n' };

    public int Run(IReadOnlyList<string> arguments)
    {
        var options = Options.Parse("create", arguments, "cdeFf:npq", words);
        var extra = options.Operands.Where(word => word.Contains('=', StringComparison.Ordinal));
        var files = options.Operands.Where(word => !word.Contains('=', StringComparison.Ordinal)).ToList();
        if (options.Value('f') is { } named)
        {
            files.Add(named);
        }

        if (files.Count != 1)
        {
            throw files.Count == 0
                ? new XlException(1, "Config file not specified\n")
                : new XlException(2, "", Usage.Of("create")!);
        }

        var bytes = Read(files[0]);
        if (!options.Has('q'))
        {
            streams.Complain($"Parsing config from {files[0]}\n");
        }

        var order = Order(files[0], bytes, extra, options.Has('p'));
        if (options.Has('n'))
        {
            return 0; // it was read, and that is all
        }

        RequireKernel(order);
        if (starter.Start(order) is { } refusal)
        {
            throw new XlException(Failed, refusal);
        }

        return options.Has('c') && DomainLookup.ByName(store, order.Domain.Name) is { } domain
            ? new ConsoleClient(store, streams).Run(domain)
            : 0;
    }

    private void RequireKernel(DomainOrder order)
    {
        if (order.Behaviour == Behaviour.MissingKernel)
        {
            throw new XlException(Failed, DomainRefusedException.NoKernel(store.SpendId(), order.Domain.Kernel).Message);
        }
    }

    private static DomainOrder Order(string file, byte[] bytes, IEnumerable<string> extra, bool paused)
    {
        var all = extra.Aggregate(bytes, (text, line) => [.. text, (byte)'\n', .. Encoding.Latin1.GetBytes(line), (byte)'\n']);
        try
        {
            return GuestConfig.Read(XlConfig.Parse(all, file), paused);
        }
        catch (XlConfigException e)
        {
            throw new XlException(1, SyntaxError.Describe(e, all));
        }
    }

    private static byte[] Read(string file)
    {
        try
        {
            using var opened = Open(file);
            return opened is not null && opened.ReadAll(MaxFile) is { } bytes
                ? bytes
                : throw new XlException(Failed, $"Failed to read config file: {file}: No such file or directory\n");
        }
        catch (ErrnoException e)
        {
            throw new XlException(Failed, $"Failed to read config file: {file}: {e.Message[(e.Message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]}\n");
        }
    }

    // xl follows links; the calls of Core do not.
    private static Fd? Open(string path)
    {
        for (var links = 0; ; links++)
        {
            try
            {
                return FileSystem.TryOpen(path);
            }
            catch (ErrnoException e) when (e.Errno == IsLink && links < MaxLinks)
            {
                path = Path.Combine(Path.GetDirectoryName(path) ?? "", FileSystem.ReadLink(path));
            }
        }
    }
}
