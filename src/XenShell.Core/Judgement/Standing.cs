using XenShell.Core.Grants;
using XenShell.Core.Guests;

namespace XenShell.Core.Judgement;

/// <summary>What one user is to one guest: the strongest role to show, and the rights of all of them together.</summary>
/// <param name="Sources">The lines of policy that say so.</param>
public sealed record Standing(Guest Guest, Role Role, Rights Rights, bool IsStaff, IReadOnlyList<string> Sources);
