namespace Hearthkey.Tests;

public class PlaceholderTests
{
    [Fact]
    public void Runs() => typeof(HearthkeyServer).ShouldNotBeNull();
}
