using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>One of many, by its key; as a list to open.</summary>
public sealed class SelectField(string name, string label, ChoiceSource source) : FormField(name, label)
{
    /// <summary>Text of the entry that means nothing (null on the wire); null: one must be chosen.</summary>
    public string? Blank { get; init; }

    public bool IsNumber { get; init; }

    public override async ValueTask PrepareAsync(FormView view) => view.Offer(Name, await source(view.Visit));

    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
        var text = form[Name].ToString();
        if (text.Length == 0) into[Name] = null;
        else into[Name] = IsNumber && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    protected override Html Control(FormView view)
    {
        var options = view.Choices(Name).Select(c => (c.Value, c.Text));
        return Fields.Select(Name, Label, view.Text(Name), Blank is null ? options : options.Prepend(("", Blank)), Help, view.Error(Name), IsRequired);
    }
}

/// <summary>Fetches what a field offers.</summary>
public delegate ValueTask<IReadOnlyList<Choice>> ChoiceSource(Visit visit);
