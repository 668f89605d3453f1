using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>Several lines of text.</summary>
public sealed class AreaField(string name, string label) : FormField(name, label)
{
    public bool IsMono { get; init; }

    public int Rows { get; init; } = 3;

    public string? Placeholder { get; init; }

    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors) =>
        into[Name] = JsonValue.Create(form[Name].ToString().ReplaceLineEndings("\n"));

    protected override Html Control(FormView view) =>
        Fields.Area(Name, Label, view.Text(Name), Help, view.Error(Name), Rows, IsRequired, IsMono, Placeholder);
}
