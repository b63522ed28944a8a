namespace XenShell.Core.Commands;

/// <summary>Whether a command is about a guest.</summary>
public enum GuestArgument
{
    None,

    /// <summary>Without a guest the command is about all of the user's guests.</summary>
    OneOrAll,

    /// <summary>Needs one; a user with one guest, or with one under control, need not name it.</summary>
    One,
}
