using System.Globalization;
using XenShell.Core.Names;

namespace XenShell.Core.Commands;

/// <summary>The kinds of argument that the product's commands take.</summary>
public static class Arguments
{
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

    public static Argument<int> Number(string word, int least, int most) => new(
        word,
        $"a number from {least} to {most}",
        (text, _) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null)
    {
        Text = number => number.ToString(CultureInfo.InvariantCulture),
    };
}
