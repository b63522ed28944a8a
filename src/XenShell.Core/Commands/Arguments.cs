using System.Globalization;
using XenShell.Core.Access;
using XenShell.Core.Names;

namespace XenShell.Core.Commands;

/// <summary>The kinds of argument that the product's commands take.</summary>
public static class Arguments
{
    private const int MaxReason = 200; // two lines of a record
    private const int MaxKeyLine = 4096; // a key of 16,384 bits and its remark

    public static Argument<GuestName> Guest { get; } = new("GUEST", "the name of a guest", (text, _) => GuestName.TryParse(text, out var name) ? name : null)
    {
        IsOptional = true,
        Complaint = text => $"'{text}' is not the name of a guest; 'list' shows yours",
        Candidates = known => known.Guests(),
    };

    /// <summary>Letter or digit of a magic system request.</summary>
    public static Argument<char> Key { get; } = new("KEY", "one letter or digit", (text, _) => text is [var key] && char.IsAsciiLetterOrDigit(key) ? char.ToLowerInvariant(key) : null)
    {
        // b: reboots at once; c: crashes; o: powers off (Documentation/admin-guide/sysrq.rst)
        Includes = key => key switch
        {
            'b' => ["poweroff", "boot", "reset", "reboot"],
            'c' or 'o' => ["poweroff"],
            _ => [],
        },
    };

    /// <summary>A command that something is asked about.</summary>
    public static Argument<Command> Topic { get; } = new("COMMAND", "the name of a command", (text, table) => table.Find(text))
    {
        IsOptional = true,
        TakesRest = true,
        Complaint = text => $"there is no command '{text}'; type 'help'",
        Candidates = known => known.Commands.ForPeople.Select(command => command.Name),
        Text = command => command.Name,
    };

    /// <summary>A guest's name, typed by whoever knows what that destroys.</summary>
    public static Argument<GuestName> Name { get; } = new("GUEST", "the name of the guest", (text, _) => GuestName.TryParse(text, out var name) ? name : null);

    /// <summary>What may be put on a guest.</summary>
    public static Argument<string> Image { get; } = new("IMAGE", "the name of an image", (text, _) => ImageName.IsValid(text) ? text : null)
    {
        Complaint = text => $"'{text}' is not the name of an image; 'images' lists what there is",
    };

    /// <summary>The number of a job.</summary>
    public static Argument<string> Job { get; } = new("JOB", "the number of a job", (text, _) => JobId.IsValid(text) ? text : null)
    {
        IsOptional = true,
        Complaint = text => $"'{text}' is not the number of a job; 'jobs' lists yours",
    };

    /// <summary>Words for others to read.</summary>
    public static Argument<string> Reason { get; } = new("TEXT", "a few words", (text, _) => text.AsSpan().Trim().IsEmpty ? null : text.Trim()) { IsProse = true, MaxLength = MaxReason };

    /// <summary>Whose keys, or which key: what <see cref="LoginKeys.IsChoice"/> takes, or a line of authorized_keys for its key.</summary>
    public static Argument<string> LoginKey { get; } = new("KEY", $"{LoginKeys.Login}, {LoginKeys.All}, a fingerprint (SHA256:…) or a public key", (text, _) => KeyOf(text))
    {
        MayBeInput = true, IsProse = true, MaxLength = MaxKeyLine,
    };

    public static Argument<int> Number(string word, int least, int most) => new(
        word,
        $"a number from {least} to {most}",
        (text, _) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null)
    {
        Text = number => number.ToString(CultureInfo.InvariantCulture),
    };

    // Of a whole line its key alone: the remark is nobody's business here.
    private static string? KeyOf(string text) =>
        LoginKeys.IsChoice(text) ? text : text.Contains(' ') && PublicKey.In(text) is [var key] ? key.Blob : null;
}
