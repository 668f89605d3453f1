using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>What a form shows: values in wire shape, what is wrong with them, what there is to choose from.</summary>
public sealed class FormView(Visit visit, JsonObject values, FieldErrors errors)
{
    private readonly Dictionary<string, IReadOnlyList<Choice>> _choices = [];

    public Visit Visit => visit;

    public JsonObject Values => values;

    public FieldErrors Errors => errors;

    public string? Error(string name) => errors.For(name);

    /// <summary>A value as text; blank where there is none.</summary>
    public string Text(string name) => values[name] is JsonValue value ? value.GetValueKind() switch
    {
        global::System.Text.Json.JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    } : "";

    public bool Flag(string name) => values[name] is JsonValue value && value.GetValueKind() == global::System.Text.Json.JsonValueKind.True;

    /// <summary>The items of a list as texts.</summary>
    public IReadOnlyList<string> List(string name) =>
        values[name] is JsonArray array ? [.. array.OfType<JsonValue>().Select(v => v.ToString())] : [];

    public IReadOnlyList<Choice> Choices(string name) => _choices.GetValueOrDefault(name) ?? [];

    public void Offer(string name, IReadOnlyList<Choice> choices) => _choices[name] = choices;
}
