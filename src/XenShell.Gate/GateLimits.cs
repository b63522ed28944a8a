using XenShell.Core.Limits;

namespace XenShell.Gate;

/// <summary>How long the gate waits, for whom, and how much it takes; and how these hang together.</summary>
internal static class GateLimits
{
    // --- The caller, who may read slowly, never, or be gone

    /// <summary>A tenant that stops reading must not hold up root; a slow line takes a screen of text in less.</summary>
    internal static readonly TimeSpan Reader = TimeSpan.FromSeconds(4);

    private const int SlowLine = 10_000; // bytes a second

    /// <summary>One answer, whatever it is made of: the longest log over the slowest line.</summary>
    internal static readonly TimeSpan Answer = TimeSpan.FromSeconds(Sizes.LogTail / SlowLine);

    /// <summary>For whoever has no place here.</summary>
    internal static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(20);

    /// <summary>Characters of a long answer that are written at a time.</summary>
    internal const int Piece = 16 << 10;

    /// <summary>It is cut by the shell; who goes past that is told so.</summary>
    internal const int RefusedLine = 2048;

    /// <summary>Gates of one tenant: a dozen sessions, each with its screen, a console, a log and something under way. Each costs the host a few megabytes.</summary>
    internal const int Places = 48;

    /// <summary>Bytes of what is known of guests' files: 10,000, all of them broken.</summary>
    internal const int Problems = 4 << 20;

    /// <summary>Lines; a pattern that matches a whole folder of other things must not fill the record.</summary>
    internal const int ProblemsAtOnce = 100;

    // --- A right that was taken away

    /// <summary>It ends what lasts within this.</summary>
    internal static readonly TimeSpan Revocation = TimeSpan.FromSeconds(10);

    /// <summary>Of a screen's feed: people wait longer for a guest than for its word.</summary>
    internal static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks, whoever asks.</summary>
    internal static readonly TimeSpan LeastLook = TimeSpan.FromMilliseconds(300);

    /// <summary>Of a wait: twice within that, as one may take its time.</summary>
    internal static readonly TimeSpan PolicyLook = Revocation / 2;

    /// <summary>Of a screen's feed, which only asks when it looks.</summary>
    internal static readonly TimeSpan FeedPolicyLook = PolicyLook - (Look / 2);

    /// <summary>In what stamps of files say.</summary>
    internal static readonly TimeSpan LongestTrust = TimeSpan.FromSeconds(60);

    // --- A guest's lives

    /// <summary>A guest that listens answers a request at once; without its lock, so that nobody is kept from its power.</summary>
    internal static readonly TimeSpan AnswerTime = Waits.Delivery * 2;

    /// <summary>What xl's own process leaves behind a guest that went down.</summary>
    internal static readonly TimeSpan Cleared = TimeSpan.FromSeconds(10);

    /// <summary>A domain that is being made has no name at first.</summary>
    internal static readonly TimeSpan Named = TimeSpan.FromSeconds(5);

    /// <summary>The name, after a domain is gone.</summary>
    internal static readonly TimeSpan NameFree = TimeSpan.FromSeconds(15);

    /// <summary>Freeing a large guest's memory takes a while.</summary>
    internal static readonly TimeSpan Gone = TimeSpan.FromSeconds(60);

    /// <summary>Of a guest that reboots the toolstack knows nothing for a while: 2 s in the lab.</summary>
    internal static readonly TimeSpan BetweenLives = TimeSpan.FromSeconds(30);

    /// <summary>A guest that was just booting, once more.</summary>
    internal static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10);

    /// <summary>A guest that boots has nobody yet to hear a request, or to act on it.</summary>
    internal static readonly TimeSpan Youth = TimeSpan.FromSeconds(120);

    /// <summary>A restore of the largest guest, until which its disks are not shown.</summary>
    internal static readonly TimeSpan Making = TimeSpan.FromSeconds(3600);

    /// <summary>pygrub shows its menu for as long as the guest says.</summary>
    internal static readonly TimeSpan BootLoader = TimeSpan.FromSeconds(60);

    /// <summary>Of one guest's boot loaders, while others wait: twenty boots with Debian's menu of five seconds.</summary>
    internal static readonly TimeSpan LoaderBudget = TimeSpan.FromSeconds(120);

    /// <summary>In which it is spent.</summary>
    internal static readonly TimeSpan LoaderHour = TimeSpan.FromHours(1);

    /// <summary>For a boot loader of a guest that has spent it: that menu, and the work.</summary>
    internal static readonly TimeSpan SpentBootLoader = TimeSpan.FromSeconds(10);

    /// <summary>xl's lock on making domains: most are made in less, and what has no more time is ended within.</summary>
    internal static readonly TimeSpan Turn = SpentBootLoader + TimeSpan.FromSeconds(2);

    /// <summary>A worker that holds its job's lock: systemd takes a second on a busy host.</summary>
    internal static readonly TimeSpan JobStarts = TimeSpan.FromSeconds(20);

    /// <summary>Of a job that is followed: a line each so many.</summary>
    internal const int ToldPercent = 5;

    /// <summary>Disks of one guest's earlier systems, kept at the same time.</summary>
    internal const int KeptSystems = 2;

    /// <summary>Jobs of one guest's that are over and still on record: a tenant orders and cancels as often as a minute allows.</summary>
    internal const int OldJobs = 20;

    /// <summary>Keys for root of a new system: a person has ten.</summary>
    internal const int RootKeys = 50;

    /// <summary>Characters of them; as many of the usual length for RSA have 37 kB. A job's record has 64.</summary>
    internal const int RootKeysLength = 48 << 10;

    /// <summary>Whoever cancels a job wants to see it end: a program that is killed, and a disk that is removed.</summary>
    internal static readonly TimeSpan JobEnds = TimeSpan.FromSeconds(20);

    /// <summary>xenconsoled writes when it gets round to it.</summary>
    internal static readonly TimeSpan LogDelay = TimeSpan.FromSeconds(2);

    /// <summary>Looked at for its last words; a panic is followed by a long call trace.</summary>
    internal const int LinesOfADeath = 200;

    // --- Between two looks at what tells nobody when it changes

    /// <summary>At a guest that is about to change.</summary>
    internal static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(300);

    /// <summary>At a worker that has just been started: it takes the lock that is looked at.</summary>
    internal static readonly TimeSpan JobStartTick = TimeSpan.FromMilliseconds(20);

    /// <summary>At a guest that takes its time.</summary>
    internal static readonly TimeSpan SlowTick = TimeSpan.FromMilliseconds(500);

    /// <summary>At the policy, while somebody is at a console.</summary>
    internal static readonly TimeSpan ConsoleTick = TimeSpan.FromSeconds(1);

    /// <summary>At a log that is followed: inotify would save 4 looks a second, and a log has few followers.</summary>
    internal static readonly TimeSpan LogTick = TimeSpan.FromMilliseconds(250);

    /// <summary>There may be more of it, but the caller comes first.</summary>
    internal static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    // --- Logs

    /// <summary>Enough to see where one is.</summary>
    internal const int WatchedLines = 10;
}
