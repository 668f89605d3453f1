using System.Text.Json;
using Hearthkey.Flows;
using Hearthkey.Flows.Stages.Identification;
using Hearthkey.Flows.Stages.Password;
using Hearthkey.Flows.Stages.Prompt;
using Hearthkey.Tests.Flows.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Flows;

/// <summary>What pages render is what an executor of JSON will send: members as the API description requires them.</summary>
public sealed class ChallengeWireTests
{
    private static readonly ContextualFlow _flow = new("Welcome", "", "/if/flow/a/", "stacked");

    [Fact]
    public async Task Challenges_have_the_members_of_the_api()
    {
        await using var site = await FlowSite.StartAsync();
        var types = site.Services.GetServices<StageKind>().OfType<StageKind<PasswordStage>>().Single().Json.Options;

        var identification = Write(types, new IdentificationChallenge(_flow)
        {
            UserFields = ["email"],
            PasswordFields = false,
            AllowShowPassword = false,
            ApplicationPre = "Grafana",
            ApplicationPreLaunch = "",
            FlowDesignation = "authentication",
            PrimaryAction = "Continue",
            ResponseErrors = Challenge.Errors(("uid_field", "Who?")),
        });
        Names(identification).ShouldBe(
        [
            "allow_show_password", "application_pre", "application_pre_launch", "component", "enable_remember_me", "flow_designation", "flow_info", "password_fields",
            "pending_user_identifier", "primary_action", "response_errors", "show_source_labels", "sources", "user_fields",
        ]);
        identification.GetProperty("component").GetString().ShouldBe("ak-stage-identification");
        identification.GetProperty("response_errors").GetProperty("uid_field")[0].ToString().ShouldBe("""{"string":"Who?","code":"invalid"}""");
        Names(identification.GetProperty("flow_info")).ShouldBe(["background", "cancel_url", "layout", "title"]);

        var password = Write(types, new PasswordChallenge(_flow, "ada", "") { AllowShowPassword = true });
        Names(password).ShouldBe(["allow_show_password", "component", "flow_info", "pending_user", "pending_user_avatar", "response_errors"]);
        var prompt = Write(types, new PromptChallenge(_flow, [new("email", "E-mail", "email", true, "", "", 1, "")]));
        Names(prompt.GetProperty("fields")[0]).ShouldBe(["choices", "field_key", "initial_value", "label", "order", "placeholder", "required", "sub_text", "type"]);
        Write(types, new AccessDeniedChallenge(_flow, "ada", "", "No.")).GetProperty("component").GetString().ShouldBe("ak-stage-access-denied");
    }

    private static JsonElement Write(JsonSerializerOptions types, Challenge challenge) =>
        JsonElement.Parse(JsonSerializer.Serialize(challenge, types.GetTypeInfo(challenge.GetType())));

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal);
}
