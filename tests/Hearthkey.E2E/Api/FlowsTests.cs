using System.Text.Json.Nodes;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Api;

/// <summary><c>flows/*</c>, <c>stages/*</c> and sessions by the generated client; every answer is held against the API description.</summary>
public sealed class FlowsTests(House house) : IClassFixture<House>
{
    private static readonly string[] _ownBackend = ["authentik.core.auth.InbuiltBackend"];

    [Fact]
    public async Task A_flow_with_its_binding_lives_from_its_creation_to_its_end()
    {
        var flow = await DoneAsync("flowsApi.flowsInstancesCreate", new { flowRequest = new { name = "Life", slug = "life", title = "Life", designation = "stage_configuration" } }, 201);
        var stage = await DoneAsync("stagesApi.stagesUserLogoutCreate", new { userLogoutStageRequest = new { name = "life-logout" } }, 201);
        var binding = await DoneAsync("flowsApi.flowsBindingsCreate", new { flowStageBindingRequest = new { target = Pk(flow), stage = Pk(stage), order = 5 } }, 201);

        (await DoneAsync("flowsApi.flowsInstancesRetrieve", new { slug = "life" }))["stages"]![0]!.ToString().ShouldBe(Pk(stage));
        (await DoneAsync("flowsApi.flowsBindingsPartialUpdate", new { fsbUuid = Pk(binding), patchedFlowStageBindingRequest = new { order = 7 } }))["order"]!.GetValue<int>().ShouldBe(7);
        await DoneAsync("flowsApi.flowsBindingsUpdate", new { fsbUuid = Pk(binding), flowStageBindingRequest = new { target = Pk(flow), stage = Pk(stage), order = 8 } });
        (await RowsAsync("flowsApi.flowsBindingsList", new { target = Pk(flow) }, "order")).ShouldBe(["8"]);
        (await DoneAsync("flowsApi.flowsInstancesUsedByList", new { slug = "life" })).AsArray().Count.ShouldBe(1);
        await DoneAsync("flowsApi.flowsInstancesUpdate", new { slug = "life", flowRequest = new { name = "Life", slug = "life", title = "Lively", designation = "stage_configuration" } });
        (await DoneAsync("flowsApi.flowsInstancesPartialUpdate", new { slug = "life", patchedFlowRequest = new { deniedAction = "message" } }))["title"]!.ToString().ShouldBe("Lively");
        await DoneAsync("flowsApi.flowsBindingsUsedByList", new { fsbUuid = Pk(binding) });
        await house.Api.CallAsync("flowsApi.flowsBindingsDestroy", new { fsbUuid = Pk(binding) });
        (await house.Api.CallAsync("flowsApi.flowsInstancesDestroy", new { slug = "life" })).ShouldBe(204);
        (await house.Api.CallAsync("stagesApi.stagesAllDestroy", new { stageUuid = Pk(stage) })).ShouldBe(204);
        (await house.Api.CallAsync("flowsApi.flowsInstancesRetrieve", new { slug = "life" })).ShouldBe(404);
    }

    [Theory]
    [InlineData("stagesIdentification", "identificationStageRequest", """{"name":"k-identification","userFields":["email"]}""", """{"showMatchedUser":false}""")]
    [InlineData("stagesPassword", "passwordStageRequest", """{"name":"k-password","backends":["authentik.core.auth.InbuiltBackend"]}""", """{"failedAttemptsBeforeCancel":3}""")]
    [InlineData("stagesUserLogin", "userLoginStageRequest", """{"name":"k-login","sessionDuration":"hours=1"}""", """{"terminateOtherSessions":true}""")]
    [InlineData("stagesUserLogout", "userLogoutStageRequest", """{"name":"k-logout"}""", """{"name":"k-logout-2"}""")]
    [InlineData("stagesUserWrite", "userWriteStageRequest", """{"name":"k-write"}""", """{"name":"k-write-2"}""")]
    public async Task A_stage_of_each_kind_can_be_made_changed_listed_and_deleted(string prefix, string body, string created, string changed)
    {
        var pk = Pk(await DoneAsync($"stagesApi.{prefix}Create", new JsonObject { [body] = JsonNode.Parse(created) }, 201));
        var patched = "patched" + char.ToUpperInvariant(body[0]) + body[1..];

        await DoneAsync($"stagesApi.{prefix}PartialUpdate", new JsonObject { ["stageUuid"] = pk, [patched] = JsonNode.Parse(changed) });
        await DoneAsync($"stagesApi.{prefix}Update", new JsonObject { ["stageUuid"] = pk, [body] = JsonNode.Parse(created) });
        await DoneAsync($"stagesApi.{prefix}Retrieve", new { stageUuid = pk });
        await DoneAsync($"stagesApi.{prefix}UsedByList", new { stageUuid = pk });
        (await RowsAsync($"stagesApi.{prefix}List", new { search = "k-" }, "pk")).ShouldContain(pk);
        (await RowsAsync("stagesApi.stagesAllList", new { search = "k-", ordering = "-name" }, "pk")).ShouldContain(pk);
        (await house.Api.CallAsync($"stagesApi.{prefix}Destroy", new { stageUuid = pk })).ShouldBe(204);
        (await house.Api.CallAsync("stagesApi.stagesAllRetrieve", new { stageUuid = pk })).ShouldBe(404);
    }

    [Fact]
    public async Task Prompts_belong_to_prompt_stages()
    {
        var prompt = Pk(await DoneAsync("stagesApi.stagesPromptPromptsCreate", new { promptRequest = new { name = "p-name", fieldKey = "name", label = "Name", type = "text" } }, 201));
        var stage = Pk(await DoneAsync("stagesApi.stagesPromptStagesCreate", new { promptStageRequest = new { name = "p-stage", fields = new[] { prompt } } }, 201));

        (await DoneAsync("stagesApi.stagesPromptPromptsRetrieve", new { promptUuid = prompt }))["prompt_stages_obj"]![0]!["pk"]!.ToString().ShouldBe(stage);
        await DoneAsync("stagesApi.stagesPromptPromptsPartialUpdate", new { promptUuid = prompt, patchedPromptRequest = new { subText = "As on your card" } });
        await DoneAsync("stagesApi.stagesPromptPromptsUpdate", new { promptUuid = prompt, promptRequest = new { name = "p-name", fieldKey = "name", label = "Name", type = "text_area" } });
        (await RowsAsync("stagesApi.stagesPromptPromptsList", new { type = "text_area" }, "name")).ShouldBe(["p-name"]);
        (await DoneAsync("stagesApi.stagesPromptPromptsUsedByList", new { promptUuid = prompt }))[0]!["name"]!.ToString().ShouldBe("p-stage");
        await DoneAsync("stagesApi.stagesPromptStagesUsedByList", new { stageUuid = stage });
        (await RowsAsync("stagesApi.stagesPromptStagesList", new { search = "p-stage" }, "pk")).ShouldBe([stage]);
        (await house.Api.CallAsync("stagesApi.stagesPromptStagesDestroy", new { stageUuid = stage })).ShouldBe(204);
        (await house.Api.CallAsync("stagesApi.stagesPromptPromptsDestroy", new { promptUuid = prompt })).ShouldBe(204);
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        await RefusesAsync("flowsApi.flowsInstancesCreate", new { flowRequest = new { name = "x", slug = "x y", title = "x", designation = "authentication" } }, "slug");
        await RefusesAsync("flowsApi.flowsInstancesCreate", new { flowRequest = new { name = "x", slug = "x", title = "x", designation = "authentication", layout = "sidebar_left" } }, "layout");
        await RefusesAsync("stagesApi.stagesPasswordCreate", new { passwordStageRequest = new { name = "default-authentication-password", backends = _ownBackend } }, "name");
        await RefusesAsync("stagesApi.stagesUserLoginCreate", new { userLoginStageRequest = new { name = "x", networkBinding = "bind_asn" } }, "network_binding");
    }

    [Fact]
    public async Task Kinds_and_sessions_are_listed()
    {
        (await DoneAsync("stagesApi.stagesAllTypesList", new { })).AsArray().Count.ShouldBe(6);
        await DoneAsync("stagesApi.stagesAllUserSettingsList", new { });
        await DoneAsync("coreApi.coreAuthenticatedSessionsList", new { });
        (await RowsAsync("flowsApi.flowsInstancesList", new { designation = "invalidation", ordering = "-slug" }, "slug")).ShouldBe(["default-provider-invalidation-flow", "default-invalidation-flow"]);
    }

    private async Task<JsonNode> DoneAsync(string call, object arguments, int status = 200) => (await house.Api.CallAsync(call, arguments)).ShouldBe(status).Body!;

    private async Task<List<string>> RowsAsync(string call, object arguments, string field) =>
        [.. (await house.Api.CallAsync(call, arguments)).ShouldBe(200).Results.Select(row => row![field]!.ToString())];

    private async Task RefusesAsync(string call, object arguments, string field) =>
        (await house.Api.CallAsync(call, arguments)).ShouldBe(400).Body![field]![0]!.GetValue<string>().ShouldNotBeEmpty();

    private static string Pk(JsonNode json) => json["pk"]!.ToString();
}
