namespace XenShell.SystemTests.Harness;

/// <summary>The fixture is about real Xen.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnLabAttribute() : TestFixtureSourceAttribute(typeof(Hosts), nameof(Hosts.Lab));
