namespace XenShell.SystemTests.Harness;

/// <summary>The fixture runs once on each kind of host; categories "Simulator" and "Lab" choose.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnEveryHostAttribute() : TestFixtureSourceAttribute(typeof(Hosts), nameof(Hosts.Every));
