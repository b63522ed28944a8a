using XenShell.Gate;

namespace XenShell.Tests.Gate;

/// <summary>TU: one tenant's gates must not fill root's memory.</summary>
public sealed class CrowdTests
{
    [Test]
    public void OneTenantHasOnlySoManyPlacesAndOthersHaveTheirOwn()
    {
        using var host = new Scratch();
        var places = new List<IDisposable>();
        Assert.That(
            () =>
            {
                while (places.Count < 1000)
                {
                    places.Add(Crowd.Enter(host.Layout, 2000));
                }
            },
            Throws.TypeOf<GateRefusal>());
        Crowd.Enter(host.Layout, 2001).Dispose();
        places[7].Dispose();
        places[7] = Crowd.Enter(host.Layout, 2000);
        places.ForEach(place => place.Dispose());
    }
}
