namespace XenShell.Core.Toolstacks;

/// <summary>A process that makes a domain, and keeps all others from that until it is made.</summary>
/// <param name="Creates">It makes one anew, from a guest's file; not one whose memory comes from somewhere.</param>
public sealed record DomainMaker(int Pid, bool Creates);
