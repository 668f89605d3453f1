using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Forms;

/// <summary>A JSON object, written as text.</summary>
public sealed class JsonField(string name, string label) : FormField(name, label)
{
    public override void Read(IFormCollection form, JsonObject into, FieldErrors errors)
    {
        var text = form[Name].ToString().Trim();
        try
        {
            into[Name] = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text);
            if (into[Name] is JsonObject) return;
            errors.Add(Name, AdminStrings.JsonObjectWanted);
        }
        catch (JsonException e)
        {
            errors.Add(Name, Texts.Format(AdminStrings.JsonWrong, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1));
        }
        into[Name] = JsonValue.Create(text);
    }

    protected override Html Control(FormView view) => Fields.Area(Name, Label, Written(view), Help, view.Error(Name), rows: 4, mono: true);

    private string Written(FormView view)
    {
        if (view.Values[Name] is not { } value) return "{}";
        return value is JsonValue ? view.Text(Name) : Indented(value);
    }

    private static string Indented(JsonNode value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true })) value.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
