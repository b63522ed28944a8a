using XenShell.Core.Domains;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// The contract with the program that rules the guests. Every call is one run of it: absolute path,
/// fixed argv, an environment of constants, bounded time. Names have passed <see cref="GuestName"/>.
/// </summary>
/// <param name="program">Absolute path of xl, xm or the simulator.</param>
/// <param name="top">xentop and its first arguments.</param>
public abstract class Toolstack(string program, IReadOnlyList<string> top)
{
    /// <summary>xl honours LIBXL_SAVE_HELPER, VNCVIEWER and more: it gets nothing but these.</summary>
    public static readonly string[] Environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C"];

    private static readonly TimeSpan QueryTime = TimeSpan.FromSeconds(10); // 0.3 s under emulation; without xenstored xl hangs for ever
    private static readonly TimeSpan ActionTime = TimeSpan.FromSeconds(180); // creating a large guest zeroes its memory

    private const int MaxDetail = 400; // of the toolstack's words, in records and messages

    public string Program { get; } = program;

    /// <summary>Every domain but Domain-0 and half-made ones without a name.</summary>
    /// <exception cref="ToolstackException">Also from all others.</exception>
    public abstract IReadOnlyList<Domain> List();

    /// <summary>Start times by domid.</summary>
    public abstract IReadOnlyDictionary<int, long> StartTimes();

    /// <summary>The disks of all running domains, and of those that are being made or went without being cleared away.</summary>
    public abstract IReadOnlyList<DomainDisk> Disks();

    /// <summary>Xen's version, such as "4.17.7".</summary>
    public abstract string Version();

    /// <summary>What each domain has moved; the same program for every toolstack.</summary>
    public IReadOnlyList<Traffic> Traffic() =>
        XentopTable.Parse(Query(top, "-b", "-f", "-i", "1"));

    /// <param name="kept">Stays open as long as the guest's own process of xl's lives, which is as long as the guest does.</param>
    public void Create(string file, Fd kept) => Run(Program, ["create", file], ActionTime, kept);

    public void Destroy(GuestName name) => Act("destroy", name.Text);

    public ToolstackRequest Shutdown(GuestName name) => Start("shutdown", name.Text);

    public ToolstackRequest Reboot(GuestName name) => Start("reboot", name.Text);

    public void Pause(GuestName name) => Act("pause", name.Text);

    public void Unpause(GuestName name) => Act("unpause", name.Text);

    public void SendSysreq(GuestName name, char key) => Act("sysrq", name.Text, key.ToString());

    /// <summary>The console client, to be started on a terminal.</summary>
    public SpawnRequest Console(GuestName name) => new(Program, [Program, "console", name.Text], Environment);

    protected string Query(params string[] arguments) => Run(Program, arguments, QueryTime).Output;

    /// <summary>The same of another program of Xen's.</summary>
    protected string Query(IReadOnlyList<string> program, params string[] arguments) => Run(program[0], [.. program.Skip(1), .. arguments], QueryTime).Output;

    private void Act(params string[] arguments) => Run(Program, arguments, ActionTime);

    private ToolstackRequest Start(string verb, string guest)
    {
        try
        {
            return new ToolstackRequest(Program, [verb, guest], Environment, Refusal);
        }
        catch (ErrnoException e)
        {
            throw NotStarted(e);
        }
    }

    private Captured Run(string program, string[] arguments, TimeSpan time, Fd? kept = null)
    {
        Captured result;
        try
        {
            result = Captured.Run(program, arguments, Environment, time, kept);
        }
        catch (ErrnoException e)
        {
            throw NotStarted(e);
        }

        return result.ExitCode switch
        {
            0 when !result.IsWhole => throw new ToolstackException("the toolstack said more than can be read", $"{program} {string.Join(' ', arguments)}", isSilent: true),
            0 => result,
            null => throw new ToolstackException($"the toolstack did not answer within {time.TotalSeconds} s", PrintableText.Line(result.Error, MaxDetail), isSilent: true),
            { } code => throw Refusal(code, result.Error),
        };
    }

    // The one place that reads the toolstack's complaints, which come as Latin-1.
    private ToolstackException Refusal(int exitCode, string error)
    {
        var detail = PrintableText.Line(error, MaxDetail);
        return new ToolstackException("the toolstack refused", detail.Length > 0 ? detail : $"exit {exitCode}", IsUnreachable(error));
    }

    private static ToolstackException NotStarted(ErrnoException e) =>
        new("the toolstack cannot be started", e.Message, isSilent: true) { IsLocal = true };

    /// <summary>Whether what a failed run said means that Xen or its daemons cannot be reached.</summary>
    protected abstract bool IsUnreachable(string error);
}
