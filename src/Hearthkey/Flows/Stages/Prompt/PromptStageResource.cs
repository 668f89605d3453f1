using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Stages.Prompt;

/// <summary>stages/prompt/stages.</summary>
internal sealed class PromptStageResource(ResourceContext context, PromptKind kind) : StageResource<PromptStage>(context, kind)
{
    public override string Path => "stages/prompt/stages";

    public override string VerboseName => "prompt stage";

    protected override IReadOnlyList<string> OwnFilters { get; } = ["fields", "validation_policies"];

    protected override PromptStage BindOwn(FieldReader input, PromptStage? before)
    {
        var old = before ?? new();
        input.Unbuilt("validation_policies", "[]");
        return old with { Fields = input.References("fields", old.Fields, required: true) };
    }

    protected override async ValueTask<PromptStage> CheckAsync(Db db, PromptStage value, PromptStage? before, FieldErrors errors)
    {
        var wanted = value.Fields.Select(f => f.ToString()).ToList();
        var known = await db.ListAsync($"select prompt_uuid from prompt where prompt_uuid in {wanted}", r => r.Guid());
        foreach (var missing in value.Fields.Except(known)) errors.AddMissing("fields", missing);
        return value;
    }
}
