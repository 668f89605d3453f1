namespace Hearthkey.Flows.Stages.Prompt;

/// <summary>Fill these in.</summary>
public sealed record PromptChallenge(ContextualFlow FlowInfo, IReadOnlyList<StagePrompt> Fields) : Challenge(FlowInfo)
{
    public override string Component => "ak-stage-prompt";
}

/// <summary>One field of the challenge.</summary>
public sealed record StagePrompt(
    string FieldKey, string Label, string Type, bool Required, string Placeholder, string InitialValue, long Order, string SubText)
{
    public IReadOnlyList<string>? Choices => null;
}
