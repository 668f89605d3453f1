using Hearthkey.Admin;

namespace Hearthkey.Tests.Admin;

public sealed class SlugsTests
{
    [Theory]
    [InlineData("Lab Forward Auth", "lab-forward-auth")]
    [InlineData("  Über: Fotos & Café ", "uber-fotos-cafe")]
    [InlineData("a__b--c", "a-b-c")]
    [InlineData("照片", "")]
    public void A_slug_is_made_of_the_name(string name, string slug) => Slugs.Of(name).ShouldBe(slug);
}
