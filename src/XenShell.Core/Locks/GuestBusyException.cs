namespace XenShell.Core.Locks;

/// <summary>Somebody else is at work on the guest.</summary>
/// <param name="holder">Null when the holder has not signed yet.</param>
public sealed class GuestBusyException(LockHolder? holder) : Exception("the guest is busy")
{
    public LockHolder? Holder { get; } = holder;
}
