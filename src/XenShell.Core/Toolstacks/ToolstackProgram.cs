using System.Globalization;
using XenShell.Core.Domains;
using XenShell.Core.Limits;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Printing;

namespace XenShell.Core.Toolstacks;

/// <summary>
/// A toolstack that is a program. Every call is one run of it: absolute path, fixed argv, an environment of constants,
/// bounded time. Names have passed <see cref="GuestName"/>.
/// </summary>
/// <param name="program">Absolute path of xl, xm or the simulator.</param>
/// <param name="top">xentop and its first arguments.</param>
public abstract class ToolstackProgram(string program, IReadOnlyList<string> top) : IToolstack
{
    /// <summary>xl honours LIBXL_SAVE_HELPER, VNCVIEWER and more: it gets nothing but these.</summary>
    public static readonly string[] Environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C"];

    public abstract IReadOnlyList<Domain> List();

    public abstract IReadOnlyDictionary<int, long> StartTimes();

    public abstract IReadOnlyList<DomainDisk> Disks();

    public abstract bool SharesDisks { get; }

    public abstract string Version();

    public IReadOnlyList<Traffic> Traffic() =>
        XentopTable.Parse(Query(top, "-b", "-f", "-i", "1"));

    public abstract long? HostMemory();

    public abstract DomainMaker? Maker();

    public void Create(string file, Fd kept, Func<int, bool> goesOn) => Run(program, ["create", file], Waits.LongestAction, kept, goesOn);

    public void Check(string file) => Act("create", "-n", file);

    public void Destroy(int id) => Act("destroy", id.ToString(CultureInfo.InvariantCulture));

    public IToolstackRequest Shutdown(GuestName name) => Start("shutdown", name.Text);

    public IToolstackRequest Reboot(GuestName name) => Start("reboot", name.Text);

    public void Pause(GuestName name) => Act("pause", name.Text);

    public void Unpause(GuestName name) => Act("unpause", name.Text);

    public void SendSysreq(GuestName name, char key) => Act("sysrq", name.Text, key.ToString());

    public SpawnRequest Console(GuestName name) => new(program, [program, "console", name.Text], Environment);

    protected string Query(params string[] arguments) => Run(program, arguments, Waits.Query).Output;

    /// <summary>The same of another program of Xen's.</summary>
    protected string Query(IReadOnlyList<string> other, params string[] arguments) => Run(other[0], [.. other.Skip(1), .. arguments], Waits.Query).Output;

    private void Act(params string[] arguments) => Run(program, arguments, Waits.Action);

    private ToolstackProgramRequest Start(string verb, string guest)
    {
        try
        {
            return new ToolstackProgramRequest(program, [verb, guest], Environment, Refusal);
        }
        catch (ErrnoException e)
        {
            throw NotStarted(e);
        }
    }

    private Captured Run(string program, string[] arguments, TimeSpan time, Fd? kept = null, Func<int, bool>? goesOn = null)
    {
        Captured result;
        try
        {
            result = Captured.Run(program, arguments, Environment, time, kept, goesOn: goesOn);
        }
        catch (ErrnoException e)
        {
            throw NotStarted(e);
        }

        return result.ExitCode switch
        {
            0 when !result.IsWhole => throw new ToolstackException("the toolstack said more than can be read", $"{program} {string.Join(' ', arguments)}", isSilent: true),
            0 => result,
            null => throw new ToolstackException($"the toolstack did not answer within {result.Time.TotalSeconds:0} s", Detail(result.Error), isSilent: true) { Words = result.Error, IsLate = true },
            { } code => throw Refusal(code, result.Error),
        };
    }

    // The one place that reads the toolstack's complaints, which come as Latin-1.
    private ToolstackException Refusal(int exitCode, string error)
    {
        var detail = Detail(error);
        return new ToolstackException("the toolstack refused", detail.Length > 0 ? detail : $"exit {exitCode}", IsUnreachable(error)) { Words = error };
    }

    // A file from xm's days is warned of at each call, at length, before what went wrong (xl_parse.c).
    private static string Detail(string error)
    {
        var news = string.Join('\n', error.Split('\n').Where(line => !line.StartsWith("Parsing config", StringComparison.Ordinal) && !line.StartsWith("WARNING", StringComparison.Ordinal))).TrimEnd('\n');
        return PrintableText.Line(news.Length > 0 ? news : error, Sizes.ToolstackDetail);
    }

    private static ToolstackException NotStarted(ErrnoException e) =>
        new("the toolstack cannot be started", e.Message, isSilent: true) { IsLocal = true };

    /// <summary>Whether what a failed run said means that Xen or its daemons cannot be reached.</summary>
    protected abstract bool IsUnreachable(string error);
}
