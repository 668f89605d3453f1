using System.Collections.Frozen;
using Hearthkey.Storage;

namespace Hearthkey.Flows.Stages.Prompt;

/// <summary>All prompt fields, part of the snapshot.</summary>
internal sealed class PromptsPart(IEnumerable<PromptField> fields)
{
    private readonly FrozenDictionary<Guid, PromptField> _fields = fields.ToFrozenDictionary(f => f.Pk);

    /// <summary>The fields of a stage in the order in which they are asked.</summary>
    public IReadOnlyList<PromptField> Of(PromptStage stage) =>
        [.. stage.Fields.Select(_fields.GetValueOrDefault).OfType<PromptField>().OrderBy(f => f.Order).ThenBy(f => f.Name, StringComparer.Ordinal)];

    public static async ValueTask<PromptsPart> LoadAsync(Db db) => new(await PromptFieldResource.AllAsync(db));
}
