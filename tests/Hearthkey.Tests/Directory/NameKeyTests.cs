using Hearthkey.Directory;

namespace Hearthkey.Tests.Directory;

public sealed class NameKeyTests
{
    [Theory]
    [InlineData("anna", "ANNA")]
    [InlineData("anna", " anna\t")]
    [InlineData("anna", "Ａｎｎａ")]
    [InlineData("ärger", "A\u0308RGER")]
    [InlineData("office", "oﬃce")]
    [InlineData("σίσυφος", "ΣΊΣΥΦΟΣ")]
    [InlineData("k", "\u212A")]
    public void Names_that_look_alike_have_one_key(string one, string other) => NameKey.Of(other).ShouldBe(NameKey.Of(one));

    [Theory]
    [InlineData("anna", "anna2")]
    [InlineData("a b", "ab")]
    [InlineData("paypal", "pаypal")]
    public void Names_that_differ_have_different_keys(string one, string other) => NameKey.Of(other).ShouldNotBe(NameKey.Of(one));

    [Fact]
    public void A_text_that_is_no_unicode_has_a_key() => NameKey.Of("a\ud800b").ShouldBe("a\ufffdb");
}
