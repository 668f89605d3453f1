namespace Hearthkey.E2E;

public class PlaceholderTests
{
    [Fact]
    public void Runs() => "a".ShouldBe("a");
}
