namespace XenShell.Core.Limits;

/// <summary>How long Core waits, for what; and how these times hang together.</summary>
public static class Waits
{
    // --- The toolstack

    /// <summary>A question takes 0.3 s under emulation; without xenstored xl hangs for ever.</summary>
    public static TimeSpan Query { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Creating a large guest zeroes its memory.</summary>
    public static TimeSpan Action { get; } = TimeSpan.FromSeconds(180);

    /// <summary>With the wait for its turn, of somebody who looks how it goes.</summary>
    public static TimeSpan LongestAction { get; } = Action * 3;

    /// <summary>Somebody else is asking: one refresh may be two questions.</summary>
    public static TimeSpan SharedAnswer { get; } = (Query * 2) + TimeSpan.FromSeconds(5);

    /// <summary>How long all sessions share one answer: people look, and the toolstack answers one question at a time.</summary>
    public static TimeSpan StatesAreFresh { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The same of disks.</summary>
    public static TimeSpan DisksAreFresh { get; } = StatesAreFresh;

    /// <summary>xentop costs more than xl, and people look at a trend.</summary>
    public static TimeSpan TrafficIsFresh { get; } = StatesAreFresh * 2;

    // --- A guest's own system

    /// <summary>By then a request stands in xenstore; a second under emulation. The guest's lock is held for it.</summary>
    public static TimeSpan Delivery { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Somebody else is at work on the guest: longer than a request takes that the guest only has to hear.</summary>
    public static TimeSpan GuestLock { get; } = Delivery * 3;

    // --- Small files of root's

    /// <summary>A lock that is held for one small write.</summary>
    public static TimeSpan SmallWrite { get; } = TimeSpan.FromSeconds(1);

    /// <summary>A lock that is held for as long as reading all claims takes.</summary>
    public static TimeSpan Claims { get; } = TimeSpan.FromSeconds(10);

    /// <summary>A change of a record takes as long as the disk does.</summary>
    public static TimeSpan Records { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a job that is over can be looked up.</summary>
    public static TimeSpan JobsAreKept { get; } = TimeSpan.FromDays(30);

    // --- Storage

    /// <summary>One that is alive answers in milliseconds, and a busy one in tenths.</summary>
    public static TimeSpan Storage { get; } = TimeSpan.FromSeconds(3);

    /// <summary>For a program that was ended: at once, or its storage has it.</summary>
    public static TimeSpan LetGo { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>LVM takes 0.5 s under emulation; a group whose disk hangs must not hang us for ever.</summary>
    public static TimeSpan Volumes { get; } = TimeSpan.FromSeconds(60);

    // --- The console

    /// <summary>Between two looks at a log that is about to grow.</summary>
    public static TimeSpan LogTick { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>status peeks at the seat's lock for a moment.</summary>
    public static TimeSpan SeatGlance { get; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a holder may take to get up.</summary>
    public static TimeSpan SeatCourtesy { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks at it: flock(2) has no time-out.</summary>
    public static TimeSpan SeatTick { get; } = TimeSpan.FromMilliseconds(20);
}
