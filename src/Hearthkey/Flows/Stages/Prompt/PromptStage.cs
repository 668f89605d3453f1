namespace Hearthkey.Flows.Stages.Prompt;

/// <summary>Asks for some fields, in wire shape.</summary>
public sealed record PromptStage : StageRecord
{
    public override string Component => "ak-stage-prompt-form";

    public override string VerboseName => "Prompt Stage";

    public override string MetaModelName => "authentik_stages_prompt.promptstage";

    public IReadOnlyList<Guid> Fields { get; init; } = [];

    public IReadOnlyList<Guid> ValidationPolicies => [];
}
