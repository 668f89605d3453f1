using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Flows;

/// <summary>What each setting of a prompt does on the page that asks.</summary>
public sealed class PromptFieldsTests
{
    [Fact]
    public async Task A_prompt_is_asked_with_its_label_value_kind_and_place()
    {
        await using var site = await FlowSite.StartAsync();
        var flow = await PkAsync(site, "flows/instances/", """{"name":"Ask","slug":"ask","title":"Ask","designation":"stage_configuration","authentication":"require_authenticated"}""");
        var late = await PkAsync(site, "stages/prompt/prompts/", """{"name":"a","field_key":"email","label":"Where to write","type":"email","required":true,"order":2,"initial_value":"ada@home.test"}""");
        var early = await PkAsync(site, "stages/prompt/prompts/", """{"name":"b","field_key":"name","label":"What to call you","type":"text","required":false,"order":1}""");
        var last = await PkAsync(site, "stages/prompt/prompts/", """{"name":"c","field_key":"more","label":"Anything else","type":"text_area","required":false,"order":2}""");
        var stage = await PkAsync(site, "stages/prompt/stages/", $$"""{"name":"ask","fields":["{{last}}","{{late}}","{{early}}"]}""");
        await PkAsync(site, "flows/bindings/", $$"""{"target":"{{flow}}","stage":"{{stage}}","order":0}""");
        using var browser = await site.SignedInAsync();

        var page = await browser.GetAsync("/if/flow/ask/");

        page.Text.IndexOf("What to call you", StringComparison.Ordinal).ShouldBeInRange(0, page.Text.IndexOf("Where to write", StringComparison.Ordinal));
        page.Text.IndexOf("Where to write", StringComparison.Ordinal).ShouldBeInRange(0, page.Text.IndexOf("Anything else", StringComparison.Ordinal), "of two in one place the name decides");
        page.Html.ShouldMatch("<textarea[^>]* name=\"more\"");
        page.Html.ShouldMatch("<input(?=[^>]* name=\"email\")(?=[^>]* type=\"email\")(?=[^>]* value=\"ada@home.test\")(?=[^>]* required)");
        page.Html.ShouldNotMatch("<input(?=[^>]* name=\"name\")(?=[^>]* required)");
    }

    private static async Task<string> PkAsync(FlowSite site, string path, string json)
    {
        var (status, body) = await site.ApiAsync("POST", path, json);
        status.ShouldBe(201, body.ToString());
        return body.GetProperty("pk").GetString()!;
    }
}
