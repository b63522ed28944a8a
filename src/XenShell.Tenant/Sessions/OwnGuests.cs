using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Names;
using XenShell.Core.Native;
using XenShell.Core.Reports;
using XenShell.Tenant.Client;

namespace XenShell.Tenant.Sessions;

/// <summary>
/// The user's guests as the gate names them: for the prompt, for completion, for a command that names
/// none. The first look can be started ahead, so that the prompt need not wait for sudo; what is known
/// may be old, and the gate decides anyway.
/// </summary>
public sealed class OwnGuests(GateClient gate) : IDisposable
{
    private static readonly Invocation Guests = new(KnownCommands.Guests);

    private GateQuery? ahead;
    private IReadOnlyList<OwnGuest>? known; // null before the first answer

    /// <summary>Readable when the look that was started ahead has something; null otherwise.</summary>
    public Fd? Pending => ahead?.Output;

    public void StartLooking() => ahead = gate.Start(Guests, complaints: null);

    /// <summary>The names, as far as they can be known; says nothing where they cannot.</summary>
    public IReadOnlyList<string> Names()
    {
        if (known is null)
        {
            Take(ahead ?? gate.Start(Guests, complaints: null));
        }

        return [.. (known ?? []).Select(guest => guest.Name)];
    }

    /// <summary>The names, for a command that cannot do without.</summary>
    /// <returns>Not Done when the gate did not answer; it has said why.</returns>
    public (ExitCode Code, IReadOnlyList<string> Names) Require()
    {
        var code = known is { Count: > 0 } ? ExitCode.Done : LookNow();
        return (code, code == ExitCode.Done ? Names() : []);
    }

    /// <summary>Whether the guest is the user's now: one that was granted a moment ago is.</summary>
    public bool Has(GuestName guest) =>
        Find(guest) is not null || (LookNow() == ExitCode.Done && Find(guest) is not null);

    /// <summary>What the user is to the guest; null when that is not known.</summary>
    public string? Role(GuestName guest) => Has(guest) ? Find(guest)!.Role : null;

    private OwnGuest? Find(GuestName guest) => known?.FirstOrDefault(own => own.Name == guest.Text);

    // One look, the one that was started ahead where there is one; that has not complained, should it fail.
    private ExitCode LookNow() =>
        ahead is { } started && Take(started) == ExitCode.Done ? ExitCode.Done : Take(gate.Start(Guests, Fd.Error));

    // Only an answer is kept: who could not be told at first asks again.
    private ExitCode Take(GateQuery started)
    {
        using var query = started;
        ahead = null;
        var (code, document) = query.Finish();
        if (code == ExitCode.Done)
        {
            known = OwnGuestsReport.Parse(document).Guests;
        }

        return code;
    }

    public void Dispose() => ahead?.Dispose();
}
