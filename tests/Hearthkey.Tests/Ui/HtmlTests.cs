using Hearthkey.Ui;

namespace Hearthkey.Tests.Ui;

public sealed class HtmlTests
{
    [Fact]
    public void Html_encodes_text_and_leaves_markup_alone()
    {
        Html inner = $"<b>{"<script>"}</b>";
        Html outer = $"<p title=\"{"\"x"}\">{inner}</p>";

        outer.ToString().ShouldBe("<p title=\"&quot;x\"><b>&lt;script&gt;</b></p>");
    }

    [Fact]
    public void An_attribute_is_dropped_when_its_value_is_null_or_false()
    {
        string? none = null;
        Html html = $"<input{none:value}{"a&b":placeholder}{true:required}{false:disabled}>";

        html.ToString().ShouldBe("<input placeholder=\"a&amp;b\" required>");
    }

    [Fact]
    public void A_field_ties_its_error_to_the_control_and_encodes_what_a_person_wrote()
    {
        var html = Fields.Field("slug", "Slug", "<x>", "Help.", "Use <letters>.").ToString();

        html.ShouldContain("value=\"&lt;x&gt;\"");
        html.ShouldContain("aria-describedby=\"e-slug\" aria-invalid=\"true\"");
        html.ShouldContain("Use &lt;letters&gt;.");
        html.ShouldNotContain("Help.");
    }

    [Fact]
    public void A_text_area_keeps_a_first_empty_line() =>
        Fields.Area("text", "Text", "\nsecond").ToString().ReplaceLineEndings("\n").ShouldContain(">\n&#xA;second</textarea>");

    [Fact]
    public void A_duo_list_ticks_what_is_selected_and_works_as_check_boxes()
    {
        var html = Choices.DuoList("scopes", "Scopes", [new("1", "openid"), new("2", "email")], ["2"]).ToString();

        html.ShouldContain("name=\"scopes\" value=\"1\"><span>openid");
        html.ShouldContain("name=\"scopes\" value=\"2\" checked><span>email");
    }

    [Theory]
    [InlineData("Grafana", "Gr")]
    [InlineData("Home Assistant", "HA")]
    [InlineData("x", "X")]
    [InlineData("", "?")]
    [InlineData("👩‍🚀 club", "👩‍🚀C")]
    public void A_tile_without_an_icon_shows_letters_of_the_name(string name, string letters) =>
        Decode(Pieces.AppTile(name).ToString()).ShouldContain($">{letters}<");

    [Fact]
    public void A_moment_is_shown_with_its_zone_and_its_age()
    {
        var now = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

        var html = Pieces.Time(new DateTimeOffset(2026, 11, 24, 12, 57, 0, TimeSpan.FromHours(1)), now).ToString();

        html.ShouldBe("<time datetime=\"2026-11-24T11:57:00Z\" title=\"3 minutes ago\">24 Nov 2026, 11:57 UTC</time>");
    }

    [Theory]
    [InlineData(30, "just now")]
    [InlineData(90, "1 minute ago")]
    [InlineData(7200, "2 hours ago")]
    [InlineData(172800, "2 days ago")]
    [InlineData(-3700, "in 1 hour")]
    public void An_age_is_told_in_the_largest_unit_that_says_enough(int seconds, string text)
    {
        var now = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

        Texts.Ago(now.AddSeconds(-seconds), now).ShouldBe(text);
    }

    [Theory]
    [InlineData("/if/user/?a=b", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("/a\nb", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_path_on_our_own_origin_is_local(string? url, bool isLocal) => LocalUrl.IsLocal(url).ShouldBe(isLocal);

    private static string Decode(string html) => global::System.Net.WebUtility.HtmlDecode(html);
}
