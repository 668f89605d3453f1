using Hearthkey.Storage;

namespace Hearthkey.Tests.Storage;

/// <summary>A copy in memory never outlives the change that made it wrong, whenever that was told.</summary>
public sealed class RememberedTests
{
    private readonly Remembered<string, int> _known = new(most: 3);

    [Fact]
    public void What_was_read_is_found_until_it_is_dropped()
    {
        _known.Add("a", 1, _known.Drops);
        _known.TryFind("a", out var value).ShouldBeTrue();
        value.ShouldBe(1);

        _known.Drop("a");

        _known.TryFind("a", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("one")]
    [InlineData("another")]
    [InlineData("none that matches")]
    [InlineData("all")]
    public void What_was_read_before_a_drop_is_not_kept(string drop)
    {
        var drops = _known.Drops;
        switch (drop)
        {
            case "one": _known.Drop("a"); break;
            case "another": _known.Drop("b"); break;
            case "none that matches": _known.DropWhere(_ => true); break;
            default: _known.DropAll(); break;
        }

        _known.Add("a", 1, drops);

        _known.TryFind("a", out _).ShouldBeFalse();
    }

    [Fact]
    public void Only_those_that_match_are_dropped()
    {
        _known.Add("a", 1, _known.Drops);
        _known.Add("b", 2, _known.Drops);

        _known.DropWhere(value => value > 1);

        _known.TryFind("a", out _).ShouldBeTrue();
        _known.TryFind("b", out _).ShouldBeFalse();
    }

    [Fact]
    public void One_more_than_fits_begins_anew()
    {
        foreach (var key in (string[])["a", "b", "c", "d"]) _known.Add(key, 1, _known.Drops);

        _known.TryFind("a", out _).ShouldBeFalse();
        _known.TryFind("d", out _).ShouldBeTrue();
    }
}
