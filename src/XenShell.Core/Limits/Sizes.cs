namespace XenShell.Core.Limits;

/// <summary>How much Core takes, keeps and writes at most. What a format or the kernel fixes stands where that is read.</summary>
public static class Sizes
{
    // --- Root's own files

    /// <summary>xen-shell.conf; the shipped file with its comments has 4 kB.</summary>
    public const int Settings = 64 << 10;

    /// <summary>A large one has 4 kB; 100 MB ones are an attack on memory.</summary>
    public const int GuestFile = 256 << 10;

    /// <summary>A line each guest of a large customer.</summary>
    public const int GrantsFile = 64 << 10;

    /// <summary>50,000 files; a host with more reads them all each time.</summary>
    public const int GuestIndex = 16 << 20;

    /// <summary>A long description has 1 kB.</summary>
    public const int ImageFile = 64 << 10;

    /// <summary>The keys that one login has: a thousand of the usual ones.</summary>
    public const int KeysFile = 256 << 10;

    /// <summary>Whose a console log is: a name each owner.</summary>
    public const int LogHolding = 64 << 10;

    /// <summary>256 disks, and a line has less than 60, or a target of a few hundred.</summary>
    public const int Claim = 65536;

    /// <summary>5,000 guests have 1 MB.</summary>
    public const int Snapshot = 4 << 20;

    /// <summary>Who has a lock, and since when.</summary>
    public const int SignedLock = 4096;

    /// <summary>What one login has taken of its allowances.</summary>
    public const int Rates = 4096;

    /// <summary>A job with ten keys has 8 kB.</summary>
    public const int Job = 64 << 10;

    /// <summary>A job a minute for a week; the old ones are taken away long before.</summary>
    public const int Jobs = 10_000;

    /// <summary>Of these, kept for whoever wants the old system back.</summary>
    public const int UndoJobs = 500;

    /// <summary>Of a program's words; what is more is dropped.</summary>
    public const int JobLog = 256 << 10;

    // --- What programs say

    /// <summary>Of a request that goes wrong.</summary>
    public const int ToolstackError = 16384;

    /// <summary>Characters of the toolstack's words, in records and messages.</summary>
    public const int ToolstackDetail = 400;

    /// <summary>A complaint with a path in it, or 1,600 loop devices: what a pipe holds, as nobody reads before the program has ended. Of more each is asked by itself.</summary>
    public const int DiskAnswer = 64 << 10;

    /// <summary>Of the gate's: 5,000 guests with their details have a tenth of it.</summary>
    public const int Document = 16 << 20;

    // --- The record

    /// <summary>Characters of a tenant's words; a megabyte of argument must not fill the disk.</summary>
    public const int RecordedWords = 512;

    /// <summary>Enough to see what was tried. The shell cuts to it before sudo logs the line, which has no such bound.</summary>
    public const int RecordedRefusal = 200;

    /// <summary>Of the gate's own words.</summary>
    public const int RecordedReason = 1000;

    /// <summary>Room that only acts take: some 1,000 of them, with their outcomes.</summary>
    public const long RecordReserve = 1 << 20;

    /// <summary>What refusals and looks leave of the record's disk…</summary>
    public const long KeptFree = 64 << 20;

    /// <summary>… or this part of a small one.</summary>
    public const int KeptFreePart = 10;

    /// <summary>Of one login: a person who has lost the way makes ten mistakes a minute; 700 bytes each.</summary>
    public static Allowance Refusals { get; } = new(Burst: 30, PerMinute: 10);

    /// <summary>Of one login: a script over all guests of a large customer, and a button that is pressed every second.</summary>
    public static Allowance Acts { get; } = new(Burst: 120, PerMinute: 60);

    // --- Console logs

    /// <summary>Bytes looked at for the last lines.</summary>
    public const int LogTail = 1 << 20;

    /// <summary>Bytes in memory at a time.</summary>
    public const int LogPiece = 32 << 10;

    /// <summary>Characters shown of one line.</summary>
    public const int LogLine = 2000;

    /// <summary>Lines that are shown unless told.</summary>
    public const int UsualLogLines = 40;

    /// <summary>Lines that can be asked for: a screen's worth many times over, and 1 MB at the gate.</summary>
    public const int LogLines = 10_000;

    /// <summary>How long a shutdown may be waited for.</summary>
    public const int ShutdownSeconds = 3600;
}
