using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>A switch.</summary>
public sealed class CheckField(string name, string label) : FormField(name, label)
{
    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors) => into[Name] = JsonValue.Create(form[Name] == "true");

    protected override Html Control(FormView view) => Fields.Check(Name, Label, view.Flag(Name), Help, view.Error(Name), isSwitch: true);
}
