using XenShell.Core;
using XenShell.Core.Configuration;
using XenShell.Core.Native;
using XenShell.Core.Toolstacks;

namespace XenShell.Gate;

/// <summary>What the gate acts with: where, on what, and with whom at the other end.</summary>
/// <param name="Toolstack">Finds the one that the settings ask for; what needs none does not look.</param>
internal sealed record Means(HostLayout Layout, Func<Settings, IToolstack> Toolstack, CallerInput Input, Output Output)
{
    /// <summary>What this process was started with.</summary>
    internal static Means Of(HostLayout layout) => new(
        layout,
        settings => ToolstackChoice.Choose(settings, layout.TrustedTree),
        new CallerInput(Fd.Input),
        new Output(Fd.Output, Fd.Error));
}
