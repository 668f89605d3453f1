using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>A list of texts, written one a line.</summary>
public sealed class LinesField(string name, string label) : FormField(name, label)
{
    public int Rows { get; init; } = 3;

    public string? Placeholder { get; init; }

    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors) =>
        into[Name] = new JsonArray([.. form[Name].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonNode)line)]);

    protected override Html Control(FormView view) =>
        Fields.Area(Name, Label, string.Join('\n', view.List(Name)), Help, view.Error(Name), Rows, IsRequired, mono: true, Placeholder);
}
