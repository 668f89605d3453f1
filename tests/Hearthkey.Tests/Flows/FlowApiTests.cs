using System.Text.Json;
using Hearthkey.Flows.Stages.Prompt;
using Hearthkey.Storage;
using Hearthkey.Tests.Flows.Support;
using Hearthkey.Tests.Support;

namespace Hearthkey.Tests.Flows;

/// <summary>Flows, bindings, stages and prompts over the API.</summary>
public sealed class FlowApiTests
{
    [Fact]
    public async Task A_flow_is_put_together_over_the_api_and_runs()
    {
        await using var site = await FlowSite.StartAsync();
        var flow = (await site.ApiAsync("POST", "flows/instances/", """{"name":"Hello","slug":"hello","title":"Hello %(user)s","designation":"stage_configuration","authentication":"require_authenticated"}""")).Json;
        var prompt = (await site.ApiAsync("POST", "stages/prompt/prompts/", """{"name":"ask-name","field_key":"name","label":"Full name","type":"text","required":true,"order":1,"placeholder":"Ada Lovelace","sub_text":"As on your card"}""")).Json;
        var stage = (await site.ApiAsync("POST", "stages/prompt/stages/", $$"""{"name":"ask","fields":["{{Pk(prompt)}}"]}""")).Json;
        var write = (await site.ApiAsync("POST", "stages/user_write/", """{"name":"save"}""")).Json;
        (JsonElement, int)[] places = [(write, 20), (stage, 10)];
        foreach (var (json, order) in places)
            (await site.ApiAsync("POST", "flows/bindings/", $$"""{"target":"{{Pk(flow)}}","stage":"{{Pk(json)}}","order":{{order}}}""")).Status.ShouldBe(201);
        using var stranger = site.Browse();
        using var browser = await site.SignedInAsync();

        (await stranger.GetAsync("/if/flow/hello/")).Location.ShouldBe("/if/flow/default-authentication-flow/?next=%2Fif%2Fflow%2Fhello%2F");
        var page = await browser.GetAsync("/if/flow/hello/");
        page.Heading.ShouldBe("Hello akadmin");
        page.Html.ShouldContain("placeholder=\"Ada Lovelace\"");
        page.Text.ShouldContain("As on your card");
        (await browser.SubmitAsync(("name", " "))).Status.ShouldBe(422);
        (await browser.SubmitAsync(("name", "Ada Admin"))).Location.ShouldBe("/");

        (await site.ApiAsync("GET", "core/users/me/")).Json.GetProperty("user").GetProperty("name").GetString().ShouldBe("Ada Admin");
        (await site.ApiAsync("GET", "flows/instances/hello/")).Json.GetProperty("stages").GetArrayLength().ShouldBe(2);
        var usedBy = (await site.ApiAsync("GET", $"stages/prompt/stages/{Pk(stage)}/used_by/")).Json;
        usedBy[0].GetProperty("model_name").GetString().ShouldBe("flowstagebinding");
        (await site.ApiAsync("GET", $"stages/prompt/prompts/{Pk(prompt)}/used_by/")).Json[0].GetProperty("name").GetString().ShouldBe("ask");
        (await site.ApiAsync("GET", "flows/instances/hello/used_by/")).Json.GetArrayLength().ShouldBe(2);
        (await site.ApiAsync("GET", $"stages/all/{Pk(stage)}/")).Json.GetProperty("flow_set")[0].GetProperty("slug").GetString().ShouldBe("hello");
        (await site.ApiAsync("DELETE", $"stages/all/{Pk(write)}/")).Status.ShouldBe(204);
        (await site.ApiAsync("DELETE", "flows/instances/hello/")).Status.ShouldBe(204);
        (await browser.GetAsync("/if/flow/hello/")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_is_wrong_or_not_built_is_refused_by_its_field()
    {
        await using var site = await FlowSite.StartAsync();
        (string Path, string Json, string Field)[] inputs =
        [
            ("flows/instances/", """{"name":"a","slug":"a b","title":"a","designation":"authentication"}""", "slug"),
            ("flows/instances/", """{"name":"a","slug":"default-authentication-flow","title":"a","designation":"authentication"}""", "slug"),
            ("flows/instances/", """{"name":"a","slug":"a","title":"a","designation":"nonsense"}""", "designation"),
            ("flows/instances/", """{"name":"a","slug":"a","title":"a","designation":"authentication","layout":"sidebar_left"}""", "layout"),
            ("flows/instances/", """{"name":"a","slug":"a","title":"a","designation":"authentication","background":"/x.png"}""", "background"),
            ("flows/instances/", """{"name":"a","slug":"a","title":"a","designation":"authentication","policy_engine_mode":"all"}""", "policy_engine_mode"),
            ("flows/instances/", """{"name":"a","slug":"a","title":"a","designation":"authentication","authentication":"require_token"}""", "authentication"),
            ("flows/bindings/", """{"target":"00000000-0000-0000-0000-000000000001","stage":"00000000-0000-0000-0000-000000000001","order":1}""", "target"),
            ("flows/bindings/", """{"order":1,"evaluate_on_plan":true}""", "evaluate_on_plan"),
            ("flows/bindings/", """{"order":1,"re_evaluate_policies":false}""", "re_evaluate_policies"),
            ("flows/bindings/", """{"order":1,"invalid_response_action":"restart"}""", "invalid_response_action"),
            ("flows/bindings/", """{"order":1,"policy_engine_mode":"all"}""", "policy_engine_mode"),
            ("stages/identification/", """{"name":"a","user_fields":["upn"]}""", "user_fields"),
            ("stages/identification/", """{"name":"a","user_fields":[]}""", "user_fields"),
            ("stages/identification/", """{"name":"a","sources":["00000000-0000-0000-0000-000000000001"]}""", "sources"),
            ("stages/identification/", """{"name":"a","recovery_flow":"00000000-0000-0000-0000-000000000001"}""", "recovery_flow"),
            ("stages/identification/", """{"name":"a","enrollment_flow":"00000000-0000-0000-0000-000000000001"}""", "enrollment_flow"),
            ("stages/identification/", """{"name":"a","password_stage":"00000000-0000-0000-0000-000000000001"}""", "password_stage"),
            ("stages/identification/", """{"name":"a","enable_remember_me":true}""", "enable_remember_me"),
            ("stages/identification/", """{"name":"a","show_source_labels":true}""", "show_source_labels"),
            ("stages/password/", """{"name":"a"}""", "backends"),
            ("stages/password/", """{"name":"a","backends":["authentik.core.auth.TokenBackend"]}""", "backends"),
            ("stages/password/", """{"name":"a","backends":["authentik.core.auth.InbuiltBackend"],"failed_attempts_before_cancel":0}""", "failed_attempts_before_cancel"),
            ("stages/user_login/", """{"name":"a","session_duration":"soon"}""", "session_duration"),
            ("stages/user_login/", """{"name":"a","remember_me_offset":"days=1"}""", "remember_me_offset"),
            ("stages/user_login/", """{"name":"a","network_binding":"bind_asn"}""", "network_binding"),
            ("stages/user_login/", """{"name":"a","geoip_binding":"bind_continent"}""", "geoip_binding"),
            ("stages/user_write/", """{"name":"a","user_creation_mode":"always_create"}""", "user_creation_mode"),
            ("stages/prompt/prompts/", """{"name":"a","field_key":"a","label":"a","type":"file"}""", "type"),
            ("stages/prompt/prompts/", """{"name":"a","field_key":"a","label":"a","type":"text","initial_value_expression":true}""", "initial_value_expression"),
            ("stages/prompt/stages/", """{"name":"a","fields":["00000000-0000-0000-0000-000000000001"]}""", "fields"),
        ];

        foreach (var (path, json, field) in inputs)
        {
            var answer = await site.ApiAsync("POST", path, json);
            answer.Status.ShouldBe(400, json);
            answer.Json.TryGetProperty(field, out _).ShouldBeTrue($"{json}: {answer.Json}");
        }
    }

    [Fact]
    public async Task A_refusal_shows_a_message_with_or_without_a_way_on_or_goes_on_by_itself()
    {
        await using var site = await FlowSite.StartAsync();
        await site.ChangeStageAsync("default-authentication-password", """{"failed_attempts_before_cancel":1}""");
        using var browser = site.Browse();

        (await browser.SignInAsync("akadmin", "wrong")).Html.ShouldContain("btn primary wide");
        await site.ApiAsync("PATCH", "flows/instances/default-authentication-flow/", """{"denied_action":"message"}""");
        (await browser.SignInAsync("akadmin", "wrong")).Html.ShouldNotContain("btn primary wide");
        browser.Last.Status.ShouldBe(403);
        await site.ApiAsync("PATCH", "flows/instances/default-authentication-flow/", """{"denied_action":"continue"}""");
        (await browser.SignInAsync("akadmin", "wrong", "?next=/on")).Location.ShouldBe("/on");
    }

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public async Task Stages_are_narrowed_by_the_fields_of_their_kind(Dialect dialect)
    {
        var database = PostgresServer.SettingsOf(dialect == Dialect.Postgres ? await PostgresServer.NewDatabaseAsync() : null);
        await using var site = await FlowSite.StartAsync(settings: [.. database.Select(s => ("HEARTHKEY_" + s.Name, s.Value))]);
        var password = site.Stage("default-authentication-password").Pk;
        await site.ChangeStageAsync("default-authentication-identification", $$"""{"password_stage":"{{password}}","show_matched_user":false}""");
        await site.ChangeStageAsync("default-authentication-login", """{"session_duration":"hours=9;minutes=1","terminate_other_sessions":true}""");
        var prompts = (PromptStage)site.Stage("stage-default-oobe-password");

        foreach (var (query, count) in new (string, int)[]
        {
            ("identification/?show_matched_user=false", 1), ("identification/?show_matched_user=true", 0),
            ($"identification/?password_stage={password}", 1), ($"identification/?password_stage={Guid.NewGuid()}", 0), ($"identification/?recovery_flow={Guid.NewGuid()}", 0),
            ("password/?failed_attempts_before_cancel=5&allow_show_password=true", 1), ("password/?failed_attempts_before_cancel=6", 0),
            ("user_login/?session_duration=hours=9;minutes=1&terminate_other_sessions=true", 1), ("user_login/?session_duration=hours=8", 0),
            ("user_write/?user_creation_mode=never_create", 1), ("user_write/?user_creation_mode=always_create", 0),
            ($"prompt/stages/?fields={prompts.Fields[0]}", 1), ($"prompt/stages/?fields={Guid.NewGuid()}", 0),
        })
        {
            var answer = await site.ApiAsync("GET", "stages/" + query);
            answer.Status.ShouldBe(200, query);
            answer.Json.GetProperty("results").GetArrayLength().ShouldBe(count, query);
        }
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Password_managers_find_the_fields_with_and_without_compatibility_mode(string value)
    {
        await using var site = await FlowSite.StartAsync();
        var flow = await site.ApiAsync("PATCH", "flows/instances/default-authentication-flow/", $$"""{"compatibility_mode":{{value}}}""");
        using var browser = site.Browse();

        var name = await browser.GetAsync(FlowBrowser.SignInPath);
        await browser.SubmitAsync(("uid_field", "akadmin"));
        var password = await browser.GetAsync(browser.Last.Location!);

        flow.Json.GetProperty("compatibility_mode").GetRawText().ShouldBe(value);
        name.Html.ShouldMatch("<input[^>]* name=\"uid_field\"[^>]* autocomplete=\"username");
        password.Html.ShouldMatch("<input[^>]* name=\"password\"[^>]* autocomplete=\"current-password\"");
    }

    [Fact]
    public async Task A_flow_says_who_may_enter()
    {
        await using var site = await FlowSite.StartAsync();
        await site.AddUserAsync("ada");
        await site.ApiAsync("POST", "flows/instances/", """{"name":"a","slug":"a","title":"a","designation":"stage_configuration","authentication":"require_superuser"}""");
        using var stranger = site.Browse();
        using var ada = await site.SignedInAsync("ada");
        using var admin = await site.SignedInAsync();

        (await stranger.GetAsync("/if/flow/a/")).Location.ShouldStartWith("/if/flow/default-authentication-flow/");
        (await ada.GetAsync("/if/flow/a/")).Status.ShouldBe(403);
        (await admin.GetAsync("/if/flow/a/")).Location.ShouldBe("/");
        await site.ApiAsync("PATCH", "flows/instances/a/", """{"authentication":"require_unauthenticated"}""");
        (await admin.GetAsync("/if/flow/a/")).Status.ShouldBe(403);
        (await stranger.GetAsync("/if/flow/a/")).Location.ShouldBe("/");
    }

    [Fact]
    public async Task A_flow_that_proves_nothing_signs_nobody_in()
    {
        await using var site = await FlowSite.StartAsync();
        var bindings = (await site.ApiAsync("GET", $"flows/bindings/?stage={site.Stage("default-authentication-password").Pk}")).Json.GetProperty("results");
        (await site.ApiAsync("DELETE", $"flows/bindings/{Pk(bindings[0])}/")).Status.ShouldBe(204);
        using var browser = site.Browse();
        await browser.GetAsync(FlowBrowser.SignInPath);

        (await browser.SubmitAsync(("uid_field", "akadmin"))).Status.ShouldBe(403);
        browser.SessionId.ShouldBeNull();
    }

    [Fact]
    public async Task Lists_filter_search_and_order()
    {
        await using var site = await FlowSite.StartAsync();

        Slugs(await site.ApiAsync("GET", "flows/instances/?designation=invalidation&ordering=-slug")).ShouldBe(["default-provider-invalidation-flow", "default-invalidation-flow"]);
        Slugs(await site.ApiAsync("GET", "flows/instances/?search=implicit")).ShouldBe(["default-provider-authorization-implicit-consent"]);
        (await site.ApiAsync("GET", "stages/all/?search=oobe")).Json.GetProperty("results")[0].GetProperty("component").GetString().ShouldBe("ak-stage-prompt-form");
        (await site.ApiAsync("GET", "stages/all/types/")).Json.GetArrayLength().ShouldBe(6);
        (await site.ApiAsync("GET", "stages/password/")).Json.GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(1);
        (await site.ApiAsync("GET", "stages/user_login/?stage_uuid=" + site.Stage("default-authentication-password").Pk)).Json.GetProperty("pagination").GetProperty("count").GetInt32().ShouldBe(0);
    }

    private static IEnumerable<string?> Slugs((int Status, JsonElement Json) answer) =>
        answer.Json.GetProperty("results").EnumerateArray().Select(f => f.GetProperty("slug").GetString());

    private static string Pk(JsonElement json) => json.GetProperty("pk").GetString()!;
}
