namespace Hearthkey.Flows.Stages.Prompt;

/// <summary>One field that a prompt stage asks for, in wire shape (<c>Prompt</c>).</summary>
public sealed record PromptField
{
    public Guid Pk { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Names the answer for the stages that follow.</summary>
    public string FieldKey { get; init; } = "";

    public string Label { get; init; } = "";

    /// <summary>One of <see cref="PromptTypes"/>.</summary>
    public string Type { get; init; } = "text";

    public bool Required { get; init; }

    public string Placeholder { get; init; } = "";

    public string InitialValue { get; init; } = "";

    public long Order { get; init; }

    /// <summary>The prompt stages that ask for it.</summary>
    public IReadOnlyList<PromptStage> PromptStagesObj { get; init; } = [];

    /// <summary>Stands under the field.</summary>
    public string SubText { get; init; } = "";

    public bool PlaceholderExpression => false;

    public bool InitialValueExpression => false;
}
