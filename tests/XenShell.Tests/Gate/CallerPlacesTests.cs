using XenShell.Gate;

namespace XenShell.Tests.Gate;

/// <summary>TU: one tenant's gates must not fill root's memory.</summary>
public sealed class CallerPlacesTests
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
                    places.Add(CallerPlaces.Enter(host.Layout, 2000));
                }
            },
            Throws.TypeOf<GateRefusal>());
        CallerPlaces.Enter(host.Layout, 2001).Dispose();
        places[7].Dispose();
        places[7] = CallerPlaces.Enter(host.Layout, 2000);
        places.ForEach(place => place.Dispose());
    }
}
