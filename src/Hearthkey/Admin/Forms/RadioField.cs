using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>One of a few, each with a sentence that explains it.</summary>
public sealed class RadioField(string name, string label, IReadOnlyList<Choice> choices) : FormField(name, label)
{
    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
        if (form[Name].ToString() is { Length: > 0 } text) into[Name] = JsonValue.Create(text);
    }

    protected override Html Control(FormView view) => Choices.RadioCards(Name, Label, view.Text(Name), choices, view.Error(Name));
}
