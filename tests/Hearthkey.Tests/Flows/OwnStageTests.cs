using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Flows;
using Hearthkey.Storage;
using Hearthkey.Tests.Flows.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RazorSlices;

namespace Hearthkey.Tests.Flows;

/// <summary>A stage that the server does not know joins a flow by registration alone.</summary>
public sealed partial class OwnStageTests
{
    [Fact]
    public async Task A_stage_of_an_own_kind_stands_between_password_and_login()
    {
        await using var site = await FlowSite.StartAsync(b => b.Services.AddSingleton<StageKind, RiddleKind>());
        await AddRiddleAsync(site);
        using var browser = site.Browse();

        await browser.SignInAsync("akadmin", FlowSite.Password);
        browser.SessionId.ShouldBeNull();
        var riddle = await browser.GetAsync(browser.Last.Location!);
        riddle.Text.ShouldContain("What has keys");
        (await browser.SubmitAsync(("answer", "a door"))).Status.ShouldBe(422);
        browser.SessionId.ShouldBeNull();
        (await browser.SubmitAsync(("answer", "give up"))).Status.ShouldBe(403);
        browser.Last.Text.ShouldContain("Come back when you know");

        await browser.SignInAsync("akadmin", FlowSite.Password);
        await browser.GetAsync(browser.Last.Location!);
        (await browser.SubmitAsync(("answer", "a piano"))).Status.ShouldBe(303);
        browser.SessionId.ShouldNotBeNull();
    }

    /// <summary>An hour may lie between the password and the end of the flow.</summary>
    [Fact]
    public async Task A_password_that_was_changed_in_the_middle_of_a_flow_signs_nobody_in()
    {
        await using var site = await FlowSite.StartAsync(b => b.Services.AddSingleton<StageKind, RiddleKind>());
        await AddRiddleAsync(site);
        var ada = await site.AddUserAsync("ada");
        using var thief = site.Browse();
        await thief.SignInAsync("ada", FlowSite.Password);
        await thief.GetAsync(thief.Last.Location!);
        site.Time.Advance(TimeSpan.FromMinutes(1));

        await site.SetPasswordAsync(ada.Pk, "quite another one");
        var answer = await thief.SubmitAsync(("answer", "a piano"));

        answer.Status.ShouldBe(422);
        answer.Heading.ShouldBe("Please sign in again");
        answer.Text.ShouldContain("The password was changed");
        thief.SessionId.ShouldBeNull();
        (await site.CountAsync("session")).ShouldBe(0);
    }

    private static Task<bool> AddRiddleAsync(FlowSite site) => site.Store.WriteAsync(async db =>
    {
        var flow = site.Services.GetRequiredService<Snapshots>().Current.Get<FlowsPart>().Find("default-authentication-flow")!.Flow.Pk;
        var (stage, binding) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await db.ExecAsync($"insert into stage (stage_uuid, name, model, config) values ({stage}, {"riddle"}, {RiddleKind.ModelName}, {new Json("{\"question\":\"What has keys and no lock?\"}")})");
        await db.ExecAsync(
            $"""
            insert into flow_stage_binding (fsb_uuid, pbm_uuid, target, stage, position, evaluate_on_plan, re_evaluate_policies, policy_engine_mode, invalid_response_action)
            values ({binding}, {Guid.CreateVersion7()}, {flow}, {stage}, 50, {false}, {true}, {"any"}, {"retry"})
            """);
        await db.ChangedAsync(FlowBindingResource.ModelName, binding.ToString());
        return true;
    }, CancellationToken.None);

    internal sealed record RiddleStage : StageRecord
    {
        public string Question { get; init; } = "";

        public override string Component => "test-riddle-form";

        public override string VerboseName => "Riddle Stage";

        public override string MetaModelName => RiddleKind.ModelName;
    }

    internal sealed record RiddleChallenge(ContextualFlow FlowInfo, string Question) : Challenge(FlowInfo)
    {
        public override string Component => "test-riddle";
    }

    internal sealed class RiddleKind : StageKind<RiddleStage>
    {
        public const string ModelName = "test_riddle.riddlestage";

        public override string Model => ModelName;

        public override JsonTypeInfo<RiddleStage> Json => RiddleJson.Default.RiddleStage;

        protected override ValueTask<StageResult> RunAsync(RiddleStage stage, StageRun run, StageAnswer? answer, CancellationToken ct) => new(answer?.Text("answer") switch
        {
            "a piano" => run.Pass(run.State.With("riddle", "solved")),
            "give up" => run.Deny("Come back when you know."),
            null => Ask(stage, run, StatusCodes.Status200OK),
            _ => Ask(stage, run, StatusCodes.Status422UnprocessableEntity),
        });

        private static StageAsked Ask(RiddleStage stage, StageRun run, int status)
        {
            var challenge = new RiddleChallenge(run.Info, stage.Question);
            return new(run.State, challenge, () => new RiddlePart(challenge)) { Status = status };
        }
    }

    internal sealed class RiddlePart(RiddleChallenge challenge) : RazorSlice
    {
        public override Task ExecuteAsync()
        {
            WriteLiteral("<p>");
            Write(challenge.Question);
            WriteLiteral("</p><input name=\"answer\"><button>Answer</button>");
            return Task.CompletedTask;
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(RiddleStage))]
    internal sealed partial class RiddleJson : JsonSerializerContext;
}
