using Hearthkey.E2E.Guide;

[assembly: AssemblyFixture(typeof(GuideHouses))]

namespace Hearthkey.E2E.Guide;

/// <summary>One house for each wiring, built when a test asks for it first, shared by all classes of the guide.</summary>
public sealed class GuideHouses : IAsyncDisposable
{
    private readonly Dictionary<Wiring, Lazy<Task<GuideHouse>>> _houses =
        Enum.GetValues<Wiring>().ToDictionary(wiring => wiring, wiring => new Lazy<Task<GuideHouse>>(() => BuildAsync(wiring)));

    /// <summary>A house with a server that was just started and set up.</summary>
    public Task<GuideHouse> SetUpAsync(Wiring wiring) => _houses[wiring].Value;

    /// <summary>The same after the guide was followed to its end: two apps behind the first text, two behind ours.</summary>
    public async Task<GuideHouse> ProtectedAsync(Wiring wiring)
    {
        var house = await SetUpAsync(wiring);
        await house.PrintedText;
        return house;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var house in _houses.Values.Where(house => house.IsValueCreated && house.Value.IsCompletedSuccessfully)) await (await house.Value).DisposeAsync();
    }

    private static async Task<GuideHouse> BuildAsync(Wiring wiring)
    {
        var house = new GuideHouse(wiring);
        await house.InitializeAsync();
        try
        {
            await FirstStart.FollowAsync(house);
            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }
}
