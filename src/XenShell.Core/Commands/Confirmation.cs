namespace XenShell.Core.Commands;

/// <summary>How whoever knows what a command destroys says so: the guest's name, typed.</summary>
public static class Confirmation
{
    public const string Option = "confirm";

    /// <summary>Says what would be done.</summary>
    public const string Plan = "plan";

    /// <exception cref="UsageException">It destroys, and its guest's name is missing, or is another one's.</exception>
    public static void Require(Invocation invocation)
    {
        if (!invocation.Destroys || invocation.Options.GetValueOrDefault(Option)?.Equals(invocation.Guest) == true)
        {
            return;
        }

        throw new UsageException(invocation.Options.GetValueOrDefault(Option) is { } other
            ? $"--{Option} names {other}, and this is about {invocation.Guest}; nothing was done"
            : $"{invocation.Command.Name} destroys what is on {invocation.Guest}: --{Plan} says what would be done, --{Option}={invocation.Guest} does it");
    }
}
