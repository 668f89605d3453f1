using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>A line of text, or a number.</summary>
public sealed class TextField(string name, string label) : FormField(name, label)
{
    public string Type { get; init; } = "text";

    public bool IsMono { get; init; }

    public string? Placeholder { get; init; }

    /// <summary>Sent as a number; what is none is sent as it was written, for the resource to say so.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Left out of the input where nothing was written, so that the resource makes one up.</summary>
    public bool IsMadeWhenBlank { get; init; }

    /// <summary>Cannot be changed here; shown, never sent.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>While nobody has typed into it, it follows this field (with JavaScript).</summary>
    public string? SlugOf { get; init; }

    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
        if (IsReadOnly) return;
        var text = form[Name].ToString();
        if (text.Length == 0 && IsMadeWhenBlank) return;
        into[Name] = IsNumber && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    protected override Html Control(FormView view)
    {
        var field = Fields.Field(
            Name, Label, view.Text(Name), Help, view.Error(Name), Type, IsRequired, Placeholder, autocomplete: "off", IsMono, isReadOnly: IsReadOnly);
        return SlugOf is null ? field : Following(field);
    }

    private Html Following(Html field) => $"""<div data-slug-of="f-{SlugOf}" data-slug="f-{Name}">{field}</div>""";
}
