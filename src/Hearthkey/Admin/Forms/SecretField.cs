using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>A secret that may be replaced: the present one is never in the page, and stays where the field is left blank.</summary>
public sealed class SecretField(string name, string label) : FormField(name, label)
{
    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
        if (form[Name].ToString() is { Length: > 0 } text) into[Name] = JsonValue.Create(text);
    }

    protected override Html Control(FormView view) =>
        Fields.Field(Name, Label, null, Help, view.Error(Name), autocomplete: "off", mono: true);
}
