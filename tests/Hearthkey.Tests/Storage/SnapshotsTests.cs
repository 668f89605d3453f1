using Hearthkey.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Storage;

public sealed class SnapshotsTests : IAsyncLifetime
{
    private readonly List<string> _loads = [];
    private readonly List<Snapshot> _swaps = [];
    private string? _broken;
    private StorageSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = StorageSite.Create(await StorageSite.PlaceAsync(Dialect.Sqlite), Register);
        _site.Snapshots.OnSwap(_swaps.Add);
        await _site.StartAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public void Parts_are_loaded_in_order_and_may_use_those_before_them()
    {
        _loads.ShouldBe(["flour", "bread"]);
        _site.Snapshots.Current.Get<Bread>().From.ShouldBeSameAs(_site.Snapshots.Current.Get<Flour>());
        _swaps.ShouldBe([_site.Snapshots.Current]);
    }

    [Fact]
    public async Task A_change_renews_only_the_parts_that_listed_its_kind()
    {
        var before = _site.Snapshots.Current;
        _loads.Clear();

        await ChangeAsync("oven");

        _loads.ShouldBe(["bread"]);
        _site.Snapshots.Current.ShouldNotBeSameAs(before);
        _site.Snapshots.Current.Get<Flour>().ShouldBeSameAs(before.Get<Flour>());
        _site.Snapshots.Current.Get<Bread>().ShouldNotBeSameAs(before.Get<Bread>());
    }

    [Fact]
    public async Task One_catch_up_gives_one_snapshot_with_all_its_changes()
    {
        _loads.Clear();
        _swaps.Clear();

        await ChangeAsync("flour", "oven", "oven");

        _loads.ShouldBe(["flour", "bread"]);
        _swaps.ShouldBe([_site.Snapshots.Current]);
        _site.Snapshots.Current.Get<Bread>().From.ShouldBeSameAs(_site.Snapshots.Current.Get<Flour>());
    }

    [Fact]
    public async Task A_change_of_another_kind_leaves_the_snapshot_alone()
    {
        var before = _site.Snapshots.Current;

        await ChangeAsync("session");

        _site.Snapshots.Current.ShouldBeSameAs(before);
    }

    [Theory]
    [InlineData("database")]
    [InlineData("bug")]
    public async Task A_renewal_that_fails_keeps_the_old_snapshot_and_is_tried_again(string broken)
    {
        var before = _site.Snapshots.Current;
        _broken = broken;

        await ChangeAsync("oven");
        _site.Snapshots.Current.ShouldBeSameAs(before);
        _broken = null;
        await _site.Feed.CatchUpAsync();

        _site.Snapshots.Current.Get<Bread>().ShouldNotBeSameAs(before.Get<Bread>());
    }

    [Fact]
    public void A_part_that_is_not_there_is_a_bug() =>
        Should.Throw<InvalidOperationException>(() => _site.Snapshots.Current.Get<SnapshotsTests>());

    [Fact]
    public void A_snapshot_can_be_put_together_by_hand()
    {
        var flour = new Flour();

        var snapshot = Snapshot.Empty.With(flour).With(new Bread(flour));

        snapshot.Get<Bread>().From.ShouldBeSameAs(snapshot.Get<Flour>());
        Should.Throw<InvalidOperationException>(() => Snapshot.Empty.Get<Flour>());
    }

    private void Register(IServiceCollection services)
    {
        services.AddSnapshotPart(["flour"], (_, _, _) =>
        {
            _loads.Add("flour");
            return ValueTask.FromResult(new Flour());
        });
        services.AddSnapshotPart(["flour", "oven"], (_, _, snapshot) =>
        {
            _loads.Add("bread");
            return _broken switch
            {
                null => ValueTask.FromResult(new Bread(snapshot.Get<Flour>())),
                "bug" => throw new FormatException(),
                _ => throw new StorageUnavailableException("away"),
            };
        });
    }

    private Task ChangeAsync(params string[] kinds) => _site.WriteAsync(async db =>
    {
        foreach (var kind in kinds) await db.ChangedAsync(kind, "x");
        return 0;
    });

    private sealed class Flour;

    private sealed record Bread(Flour From);
}
