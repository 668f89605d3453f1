using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>Several of many, by their keys.</summary>
public sealed class ManyField(string name, string label, ChoiceSource source) : FormField(name, label)
{
    public bool IsNumber { get; init; }

    public override async ValueTask PrepareAsync(FormView view) => view.Offer(Name, await source(view.Visit));

    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
        var list = new JsonArray();
        foreach (var text in form[Name])
        {
            if (IsNumber && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) list.Add((JsonNode)number);
            else list.Add((JsonNode?)text);
        }
        into[Name] = list;
    }

    protected override Html Control(FormView view) => Choices.DuoList(Name, Label, view.Choices(Name), view.List(Name), Help, view.Error(Name));
}
