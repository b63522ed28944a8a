namespace XenShell.SystemTests.Harness;

/// <summary>The fixture needs a guest or a trick that real Xen does not offer.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnSimulatorAttribute() : TestFixtureSourceAttribute(typeof(Hosts), nameof(Hosts.Simulator));
