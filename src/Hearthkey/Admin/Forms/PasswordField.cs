using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>A new password: never sent back in a page.</summary>
public sealed class PasswordField(string name, string label) : FormField(name, label)
{
    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors) => into[Name] = JsonValue.Create(form[Name].ToString());

    protected override Html Control(FormView view) => Fields.Password(Name, Label, Help, view.Error(Name), "new-password");
}
