using XenShell.Core.Domains;
using XenShell.Core.Grants;
using XenShell.Core.Limits;

namespace XenShell.Core.Commands;

/// <summary>The rows of the product's table, one a command.</summary>
public static class KnownCommands
{
    private static readonly Option Json = new("json", "print one JSON document", ForGate: false);
    private static readonly Option NoWait = new("no-wait", "return at once, do not watch what becomes of it");

    private static readonly DomainState[] Up = [DomainState.Running];
    private static readonly DomainState[] There =
        [DomainState.Running, DomainState.Starting, DomainState.Paused, DomainState.Down, DomainState.Suspended, DomainState.Crashed];

    public static Command List { get; } = new("list", "name your guests and say which are running", "Lists the guests that you may see, with state and your role.")
    {
        Right = Rights.View, OnlyLooks = true, Answer = Answer.Document, Options = [Json],
    };

    public static Command Status { get; } = new("status", "show state, memory, CPUs and uptime", "Shows one guest, or all of yours.")
    {
        Guest = GuestArgument.OneOrAll, Right = Rights.View, OnlyLooks = true, Answer = Answer.Document, Options = [Json],
    };

    public static Command Info { get; } = new("info", "show a guest's details", "Shows what is known of a guest: state, role and rights, memory, CPUs, addresses, who is on its console, and which commands are open to you.")
    {
        ScreenKey = 'i', Guest = GuestArgument.One, Right = Rights.View, OnlyLooks = true, Answer = Answer.Document, Options = [Json], Includes = ["status"],
    };

    public static Command Control { get; } = new("control", "choose the guest that commands are about", "At the prompt, chooses the guest that the next commands are about. Typing a guest's name alone does the same. Without a guest it says which one is chosen.")
    {
        Guest = GuestArgument.One, OnlyLooks = true, Answer = Answer.Own, IsForSessions = true,
    };

    public static Command Boot { get; } = new("boot", "start a guest", "Starts a guest that is off, and watches its first seconds. If it dies at once, the last lines of its console are shown.")
    {
        ScreenKey = 'b', Aliases = ["start"], Guest = GuestArgument.One, Right = Rights.Power, IsAskedAbout = false, States = [DomainState.Off, DomainState.Down],
        Options = [NoWait, new("console", "attach to the console at once") { Includes = ["console"], Answer = Answer.Console }],
    };

    public static Command Shutdown { get; } = new("shutdown", "ask the guest to shut down", "Asks the guest's own system to shut down, and waits for it. A guest that does not listen keeps running: then --force cuts its power, like poweroff.")
    {
        ScreenKey = 's', Aliases = ["stop"], Guest = GuestArgument.One, Right = Rights.Power, States = Up,
        Options =
        [
            new("force", "cut the power when the time is over") { Includes = ["poweroff"] },
            NoWait,
            new("timeout", "how long to wait") { Value = Arguments.Number("SECONDS", 1, Sizes.ShutdownSeconds) },
        ],
    };

    public static Command Poweroff { get; } = new("poweroff", "cut the guest's power", "Stops the guest at once, as if its power had been cut. What it has not written to disk is lost. Try shutdown first.")
    {
        ScreenKey = 'S', Aliases = ["destroy"], Guest = GuestArgument.One, Right = Rights.Power, States = There,
    };

    public static Command Reboot { get; } = new("reboot", "ask the guest to reboot", "Asks the guest's own system to reboot, and waits until it is up again. If it does not listen, reset cuts its power and boots it.")
    {
        ScreenKey = 'r', Aliases = ["restart"], Guest = GuestArgument.One, Right = Rights.Power, States = Up, Options = [NoWait],
    };

    public static Command Reset { get; } = new("reset", "cut the power and boot again", "Stops the guest at once, as poweroff does, and boots it. What it has not written to disk is lost. Try reboot first.")
    {
        ScreenKey = 'R', Guest = GuestArgument.One, Right = Rights.Power, States = There, Options = [NoWait],
        Includes = ["poweroff", "boot"],
    };

    public static Command Pause { get; } = new("pause", "freeze a guest", "Freezes the guest where it is; unpause lets it go on.")
    {
        ScreenKey = 'p', Guest = GuestArgument.One, Right = Rights.Power, States = Up,
    };

    public static Command Unpause { get; } = new("unpause", "let a paused guest go on", "Lets a paused guest go on.")
    {
        ScreenKey = 'u', Aliases = ["resume"], Guest = GuestArgument.One, Right = Rights.Power, IsAskedAbout = false, States = [DomainState.Paused],
    };

    public static Command Sysreq { get; } = new("sysreq", "send a magic system request", "Sends the letter or digit KEY as a magic system request to the guest's Linux kernel: s writes disks out, u remounts them read-only, b reboots at once, h names all keys on the console.")
    {
        ScreenKey = 'k', Aliases = ["sysrq"], Guest = GuestArgument.One, Arguments = [Arguments.Key], Right = Rights.Power, States = Up,
    };

    public static Command Console { get; } = new("console", "attach to the serial console", "Attaches to the guest's serial console. Ctrl-] opens a menu, a second Ctrl-] leaves. One user at a time: others may watch, or take over, which is recorded.")
    {
        ScreenKey = 'c', Aliases = ["serial"], Guest = GuestArgument.One, Right = Rights.Console, Answer = Answer.Console, IsAskedAbout = false, States = There,
        Options =
        [
            new("watch", "look on, without typing") { Includes = ["log"], Answer = Answer.Followed },
            new("take-over", "end the session of whoever is attached"),
            new("raw", "pass on everything the guest prints (staff see it filtered otherwise)", ForGate: false),
        ],
    };

    public static Command Log { get; } = new("log", "show the guest's console log", "Shows the last lines of what the guest printed on its console. Control characters are shown as text.")
    {
        ScreenKey = 'l', Guest = GuestArgument.One, Right = Rights.View, OnlyLooks = true,
        Options =
        [
            new("lines", $"how many lines; {Sizes.UsualLogLines} unless told") { Value = Arguments.Number("N", 1, Sizes.LogLines) },
            new("follow", "go on as the guest prints; Ctrl-C ends it") { Answer = Answer.Followed },
            Json with { Answer = Answer.Document },
        ],
    };

    public static Command Images { get; } = new("images", "list the systems that a guest can get", "Lists the images that are open to you for a guest: systems that are ready to be put on it, each with what it needs.")
    {
        Guest = GuestArgument.One, Right = Rights.Reimage, OnlyLooks = true, Answer = Answer.Document, Options = [Json],
    };

    public static Command Reimage { get; } = new("reimage", "put a new system on a guest", "Puts an image on the guest's system disk: a new disk is built beside the old one, and takes its place only when it is whole. It goes on when you leave; 'jobs' shows how far it is. The old system is kept for some days, in which --undo brings it back; other disks of the guest are not touched. The guest's name has to be typed, or given by --confirm.")
    {
        Guest = GuestArgument.One, Arguments = [Arguments.Image], Right = Rights.Reimage, Destroys = true, States = [DomainState.Off, DomainState.Down, DomainState.Running],
        Options =
        [
            new("plan", "say what would be done, and do nothing") { IsHarmless = true },
            new("confirm", "the guest's name: do it") { Value = Arguments.Name },
            new("shutdown", "shut the guest down when the new system is ready, and boot it then") { Includes = ["shutdown", "boot"] },
            new("key", "who gets in as root: the key of this login, all of yours, or the one given ('-' reads it from standard input)") { Value = Arguments.LoginKey },
            new("password", "root gets a password as well, which is shown once"),
            new("keep-host-keys", "the new system shows itself by the old one's ssh host keys"),
            new("reason", "why, for the owner to read; support has to say") { Value = Arguments.Reason },
            new("undo", "bring the old system back") { InPlaceOf = Arguments.Image },
            new("job", "with --undo: what was there before this job, where several systems are kept") { Value = Arguments.Job },
            new("resume", "go on with a swap of disks that was cut off") { InPlaceOf = Arguments.Image, IsHarmless = true },
            new("status", "show the last job of the guest") { InPlaceOf = Arguments.Image, IsHarmless = true, Answer = Answer.Document },
            Json,
        ],
    };

    public static Command Jobs { get; } = new("jobs", "show re-images that are under way or over", "Lists the jobs of your guests, or shows one with its result.")
    {
        Arguments = [Arguments.Job], Right = Rights.Reimage, OnlyLooks = true, Answer = Answer.Document,
        Options =
        [
            new("follow", "go on until it is over; Ctrl-C ends the looking on") { Answer = Answer.Followed },
            new("cancel", "end it, while the guest's own disk is untouched") { Answer = Answer.Words, Includes = ["reimage"], Acts = true },
            Json,
        ],
    };

    public static Command Uptime { get; } = new("uptime", "say how long a guest has been up", "Says how long one guest, or each of yours, has been up.")
    {
        Guest = GuestArgument.OneOrAll, Right = Rights.View, OnlyLooks = true, Answer = Answer.Document, Options = [Json],
    };

    public static Command Version { get; } = new("version", "show the versions of xen-shell and Xen", "Shows the versions of xen-shell and of the host's Xen.")
    {
        OnlyLooks = true, Answer = Answer.Document, Options = [Json],
    };

    public static Command Whoami { get; } = new("whoami", "show your login name", "Shows your login name.") { OnlyLooks = true, Answer = Answer.Own, Options = [Json] };

    public static Command Help { get; } = new("help", "list the commands, or explain one", "Lists the commands, or explains one.") { OnlyLooks = true, Answer = Answer.Own, Arguments = [Arguments.Topic] };

    public static Command Exit { get; } = new("exit", "leave", "Leaves. Ctrl-D does the same.") { OnlyLooks = true, Answer = Answer.Own, Aliases = ["quit", "logout"] };

    public static Command Guests { get; } = new("guests", "name one's guests", "Names the caller's guests and what the caller is to each, without asking the toolstack.")
    {
        Right = Rights.View, OnlyLooks = true, Answer = Answer.Document, IsForPeople = false,
    };

    public static Command Watch { get; } = new("watch", "follow the state of one's guests", "Prints one line of JSON at each look, every two seconds; a byte on standard input asks to look at once.")
    {
        Right = Rights.View, OnlyLooks = true, Answer = Answer.Followed, IsForPeople = false,
    };

    public static Command Refused { get; } = new("refused", "record what the shell refused", "Records a line that the shell refused.")
    {
        OnlyLooks = true, IsForPeople = false,
    };

    /// <summary>In the order of help.</summary>
    internal static IReadOnlyList<Command> All { get; } =
    [
        List, Status, Info, Control, Boot, Shutdown, Poweroff, Reboot, Reset, Pause, Unpause,
        Sysreq, Console, Log, Images, Reimage, Jobs, Uptime, Version, Whoami, Help, Exit, Guests, Watch, Refused,
    ];
}
