using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>A moment, in UTC; blank for none.</summary>
public sealed class TimeField(string name, string label) : FormField(name, label)
{
    private const string Picker = "yyyy-MM-dd'T'HH:mm";

    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
        var text = form[Name].ToString();
        into[Name] = text.Length == 0 ? null
            : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? JsonValue.Create(time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
                : JsonValue.Create(text);
    }

    protected override Html Control(FormView view)
    {
        var text = view.Text(Name);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time)) text = time.UtcDateTime.ToString(Picker, CultureInfo.InvariantCulture);
        return Fields.Field(Name, Label, text, Help, view.Error(Name), "datetime-local", IsRequired);
    }
}
