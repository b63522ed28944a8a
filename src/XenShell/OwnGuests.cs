using System.Text.Json;
using XenShell.Core;
using XenShell.Core.Commands;
using XenShell.Core.Native;
using XenShell.Core.Reports;

namespace XenShell;

/// <summary>
/// The names of the user's guests, for the prompt and for completion. The first look can be started
/// ahead, so that the prompt need not wait for sudo.
/// </summary>
internal sealed class OwnGuests(GateClient gate) : IDisposable
{
    private static readonly Invocation List = new(CommandTable.FindVerb("list")!);

    private GateQuery? ahead;
    private IReadOnlyList<string>? names;

    /// <summary>Readable when the look that was started ahead has something; null otherwise.</summary>
    internal Fd? Pending => ahead?.Output;

    internal void StartLooking() => ahead = gate.Start(List, withErrors: false);

    /// <summary>What is known already, without waiting.</summary>
    internal IReadOnlyList<string> Known => names ?? [];

    /// <summary>Waits for the first look, or takes it.</summary>
    internal IReadOnlyList<string> Names()
    {
        if (names is null)
        {
            using var query = ahead ?? gate.Start(List, withErrors: true);
            ahead = null;
            names = Parse(query.Finish());
        }

        return names;
    }

    /// <summary>Takes a new look.</summary>
    /// <returns>The names, or the exit code of a gate that did not answer.</returns>
    internal (ExitCode Code, IReadOnlyList<string> Names) Look()
    {
        var (code, bytes) = gate.Query(List);
        if (code == ExitCode.Done)
        {
            names = Parse((code, bytes));
        }

        return (code, names ?? []);
    }

    private static List<string> Parse((ExitCode Code, byte[] Output) answer)
    {
        if (answer.Code != ExitCode.Done)
        {
            return [];
        }

        var report = JsonSerializer.Deserialize(answer.Output, ReportJson.Default.StatusReport);
        return [.. report?.Guests.Select(guest => guest.Name) ?? []];
    }

    public void Dispose() => ahead?.Dispose();
}
