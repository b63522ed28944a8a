using NUnit.Framework.Internal;
using XenShell.SystemTests.Harness;

namespace XenShell.SystemTests;

/// <summary>
/// The hosts of this run, each started by the first test that needs it and ended with the last one. Where
/// the environment does not say how to start one, its tests fail: leaving them out is the caller's choice.
/// </summary>
[SetUpFixture]
public sealed class Hosts
{
    private static readonly Dictionary<HostKind, Lazy<Host>> Started = new()
    {
        [HostKind.Simulator] = new(() => Host.Start(HostKind.Simulator)),
        [HostKind.Lab] = new(() => Host.Start(HostKind.Lab)),
    };

    public static IEnumerable<TestFixtureData> Simulator => [Fixture(HostKind.Simulator)];

    public static IEnumerable<TestFixtureData> Lab => [Fixture(HostKind.Lab)];

    public static IEnumerable<TestFixtureData> Every => [.. Simulator, .. Lab];

    /// <exception cref="InvalidOperationException">It could not be started; the same one for each test.</exception>
    public static Host Get(HostKind kind) => Started[kind].Value;

    [OneTimeTearDown]
    public static void End()
    {
        foreach (var host in Started.Values.Where(host => host.IsValueCreated))
        {
            host.Value.Dispose();
        }
    }

    private static TestFixtureData Fixture(HostKind kind)
    {
        var data = new TestFixtureData(kind);
        data.Properties.Add(PropertyNames.Category, kind.ToString());
        return data;
    }
}
