namespace XenShell.Core.Commands;

/// <summary>The guest of a command that names none.</summary>
public static class GuestChoice
{
    private const int MostNamed = 20; // staff may have thousands

    /// <summary>The user's only one.</summary>
    /// <exception cref="UsageException">There is none, or more than one.</exception>
    public static string Of(Command command, IReadOnlyList<string> own) => own switch
    {
        [var only] => only,
        [] => throw new UsageException("no guest is granted to you; please ask your provider"),
        _ => throw new UsageException($"which guest? '{command.Name} GUEST{string.Concat(command.Arguments.Where(argument => !argument.IsOptional).Select(argument => $" {argument.Word}"))}', with one of: {string.Join(", ", own.Take(MostNamed))}{(own.Count > MostNamed ? ", …" : "")}"),
    };
}
