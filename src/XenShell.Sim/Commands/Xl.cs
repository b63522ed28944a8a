using XenShell.Core;
using XenShell.Core.Native;
using XenShell.Sim.Domains;
using XenShell.Sim.Guests;

namespace XenShell.Sim.Commands;

/// <summary>xl(1): the first word picks the command, a unique beginning of it is enough.</summary>
internal sealed class Xl
{
    private const int PermissionDenied = 13; // EACCES

    private readonly HostLayout layout;
    private readonly Streams streams;
    private readonly Dictionary<string, Func<DomainStore, IReadOnlyList<string>, int>> commands;

    public Xl(HostLayout layout, Streams streams, IGuestStarter starter)
    {
        this.layout = layout;
        this.streams = streams;
        commands = new(StringComparer.Ordinal)
        {
            ["create"] = (store, args) => new CreateCommand(store, streams, starter).Run(args),
            ["list"] = (store, args) => new ListCommand(store, streams).Run(args),
            ["destroy"] = (store, args) => new DestroyCommand(store).Run(args),
            ["shutdown"] = (store, args) => new ShutdownCommand(store, streams, reboot: false).Run(args),
            ["reboot"] = (store, args) => new ShutdownCommand(store, streams, reboot: true).Run(args),
            ["pause"] = (store, args) => new PauseCommand(store, "pause").Run(args),
            ["unpause"] = (store, args) => new PauseCommand(store, "unpause").Run(args),
            ["sysrq"] = (store, args) => new SysRqCommand(store).Run(args),
            ["console"] = (store, args) => new XlConsole(store, streams).Run(args),
            ["uptime"] = (store, args) => new UptimeCommand(store, streams).Run(args),
            ["info"] = (store, args) => new InfoCommand(store, streams).Run(args),
            ["domid"] = (store, args) => new DomidCommand(store, streams).Run(args),
            ["top"] = (store, args) => new TopCommand(store, streams).Run(args),
            ["xenstore-ls"] = (store, args) => new StoreCommand(store, streams).Run(args),
            ["help"] = (_, args) => Help(args),
        };
    }

    public int Run(IReadOnlyList<string> arguments)
    {
        try
        {
            var words = arguments.SkipWhile(word => word is "-v" or "-f" or "-t" or "-T").ToList(); // change nothing here
            if (words is [['-', ..], ..])
            {
                throw new XlException(1, "unknown global option\n");
            }

            if (words.Count == 0)
            {
                Help([]);
                return 1;
            }

            var store = new DomainStore(layout);
            return Find(words[0])(store, words[1..]);
        }
        catch (XlException end)
        {
            streams.Print(end.Output);
            streams.Complain(end.Error);
            return end.ExitCode;
        }
        catch (ErrnoException e) when (e.Errno == PermissionDenied)
        {
            streams.Complain(
                "xencall: error: Could not obtain handle on privileged command interface: Permission denied\n"
                + "libxl: error: libxl.c:102:libxl_ctx_alloc: cannot open libxc handle: Permission denied\n"
                + "cannot init xl context\n");
            return 1;
        }
        catch (ErrnoException e)
        {
            streams.Complain($"xl-sim: {e.Message}\n");
            return 1;
        }
    }

    private Func<DomainStore, IReadOnlyList<string>, int> Find(string word)
    {
        if (commands.TryGetValue(word, out var exact))
        {
            return exact;
        }

        var meant = commands.Where(command => command.Key.StartsWith(word, StringComparison.Ordinal)).ToList();
        return meant.Count == 1 ? meant[0].Value : throw new XlException(1, "command not implemented\n");
    }

    private int Help(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0)
        {
            streams.Print("Usage xl [-vfNtT] <subcommand> [args]\n\nxl full list of subcommands:\n\n");
            streams.Print(string.Concat(commands.Keys.Where(name => Usage.Of(name) is not null).Select(name => $" {name}\n")));
        }
        else
        {
            streams.Print(Usage.Of(arguments[0]) ?? $"command \"{arguments[0]}\" not implemented\n");
        }

        return 0;
    }
}
