using System.Text.Json;
using Hearthkey.Hosting;

namespace Hearthkey.Resources;

/// <summary>
/// Reads an input field by field over what is there: a field that was not sent keeps its value, or its default on create.
/// Mistakes are collected, so that a person sees all of them at once. Messages are the API's (Django REST framework's) words.
/// </summary>
/// <param name="isPartial">PATCH: required fields may be missing.</param>
/// <param name="shapes">Collects what is read, for the API description.</param>
public sealed class FieldReader(JsonElement input, bool isPartial, FieldErrors errors, ICollection<FieldShape>? shapes = null)
{
    public FieldErrors Errors => errors;

    public string Text(string name, string current, bool required = false, bool blank = true, int max = 65536)
    {
        shapes?.Add(new(name, "string", required));
        if (!Take(name, required, out var value)) return current;
        if (value.ValueKind != JsonValueKind.String) return Wrong(name, "Not a valid string.", current);
        var text = value.GetString()!;
        if (!blank && string.IsNullOrWhiteSpace(text)) return Wrong(name, "This field may not be blank.", current);
        if (text.Length > max) return Wrong(name, $"Ensure this field has no more than {max} characters.", current);
        return text.Contains('\0', StringComparison.Ordinal) ? Wrong(name, "Null characters are not allowed.", current) : text;
    }

    public bool Flag(string name, bool current)
    {
        shapes?.Add(new(name, "boolean"));
        if (!Take(name, false, out var value)) return current;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong(name, "Must be a valid boolean.", current);
    }

    public long Number(string name, long current, bool required = false, long min = int.MinValue, long max = int.MaxValue)
    {
        shapes?.Add(new(name, "integer", required));
        if (!Take(name, required, out var value)) return current;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number)) return Wrong(name, "A valid integer is required.", current);
        if (number < min) return Wrong(name, $"Ensure this value is greater than or equal to {min}.", current);
        return number > max ? Wrong(name, $"Ensure this value is less than or equal to {max}.", current) : number;
    }

    /// <summary>One of the choices; those that the API knows and this release has not built are refused in their own words.</summary>
    public string Choice(string name, string current, IReadOnlyList<string> choices, bool required = false, IReadOnlyList<string>? unbuilt = null)
    {
        shapes?.Add(new(name, "string", required, Choices: choices));
        var text = Text(name, current, required);
        if (text == current || choices.Contains(text)) return text;
        return unbuilt?.Contains(text) == true
            ? Wrong(name, $"“{text}” is not built yet; choose {string.Join(", ", choices)}.", current)
            : Wrong(name, $"\"{text}\" is not a valid choice.", current);
    }

    /// <summary>A duration text such as <c>hours=1;minutes=2</c>, kept as it was written.</summary>
    public string DurationText(string name, string current)
    {
        var text = Text(name, current);
        return text == current || Duration.Parse(text) is not null ? text : Wrong(name, "Write a duration such as hours=1;minutes=2;seconds=3.", current);
    }

    /// <summary>The key of another object by uuid, or null; whether it exists is checked against the database later.</summary>
    public Guid? Reference(string name, Guid? current, bool required = false)
    {
        shapes?.Add(new(name, "string", required, !required, "uuid"));
        if (!Take(name, required, out var value, nullable: !required)) return current;
        if (value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out var key)
            ? key
            : Wrong(name, $"“{value}” is not a valid UUID.", current);
    }

    /// <summary>The integer key of another object, or null.</summary>
    public long? NumberReference(string name, long? current)
    {
        shapes?.Add(new(name, "integer", IsNullable: true));
        if (!Take(name, false, out var value, nullable: true)) return current;
        if (value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var key) ? key : Wrong(name, "Incorrect type. Expected pk value.", current);
    }

    /// <summary>An instant with its zone (RFC 3339), or null; kept to the millisecond.</summary>
    public DateTimeOffset? Time(string name, DateTimeOffset? current)
    {
        shapes?.Add(new(name, "string", IsNullable: true, Format: "date-time"));
        if (!Take(name, false, out var value, nullable: true)) return current;
        if (value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time)
            ? DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds())
            : Wrong(name, "Write a date and time such as 2030-01-31T12:00:00Z.", current);
    }

    public IReadOnlyList<Guid> References(string name, IReadOnlyList<Guid> current, bool required = false) =>
        List("string", "uuid", name, current, required, e => e.ValueKind == JsonValueKind.String && Guid.TryParse(e.GetString(), out var key) ? key : (Guid?)null);

    public IReadOnlyList<long> NumberReferences(string name, IReadOnlyList<long> current, bool required = false) =>
        List("integer", null, name, current, required, e => e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out var key) ? key : (long?)null);

    /// <summary>A JSON object.</summary>
    public JsonElement Object(string name, JsonElement current, bool required = false)
    {
        shapes?.Add(new(name, "object", required));
        if (!Take(name, required, out var value)) return current;
        return value.ValueKind == JsonValueKind.Object ? value.Clone() : Wrong(name, "Value must be a dictionary.", current);
    }

    /// <summary>The items of an array, or null where it was not sent.</summary>
    public IReadOnlyList<JsonElement>? Items(string name, bool required = false)
    {
        shapes?.Add(new(name, "array", required));
        if (!Take(name, required, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray()];
        errors.Add(name, "Expected a list of items.");
        return null;
    }

    /// <summary>Texts in their order, each once, without blanks around them; blank ones are left out.</summary>
    public IReadOnlyList<string> Texts(string name, IReadOnlyList<string> current)
    {
        shapes?.Add(new(name, "array", ItemType: "string"));
        if (Items(name) is not { } items) return current;
        var texts = new List<string>();
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.String) return Wrong(name, "Not a valid string.", current);
            var text = item.GetString()!.Trim();
            if (text.Contains('\0', StringComparison.Ordinal)) return Wrong(name, "Null characters are not allowed.", current);
            if (text.Length > 0 && !texts.Contains(text)) texts.Add(text);
        }
        return texts;
    }

    /// <summary>A field whose behaviour is not built: nothing but its default (or nothing, null, empty) is taken.</summary>
    /// <param name="defaultJson">The default as JSON text, such as <c>false</c>, <c>"lax"</c>, <c>null</c>.</param>
    public void Unbuilt(string name, string defaultJson)
    {
        shapes?.Add(new(name, "", OnlyJson: defaultJson));
        if (!input.TryGetProperty(name, out var value) || IsEmpty(value)) return;
        using var expected = JsonDocument.Parse(defaultJson);
        if (!JsonElement.DeepEquals(value, expected.RootElement)) errors.Add(name, $"This is not built yet; leave it at {defaultJson}.");
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    private IReadOnlyList<T> List<T>(string type, string? format, string name, IReadOnlyList<T> current, bool required, Func<JsonElement, T?> read)
        where T : struct
    {
        shapes?.Add(new(name, "array", required, Format: format, ItemType: type));
        if (Items(name, required) is not { } items) return current;
        var list = new List<T>();
        foreach (var item in items)
        {
            if (read(item) is not { } key) return Wrong(name, $"“{item}” is not a valid value.", current);
            if (!list.Contains(key)) list.Add(key);
        }
        return list;
    }

    private bool Take(string name, bool required, out JsonElement value, bool nullable = false)
    {
        var found = input.TryGetProperty(name, out value);
        if (!found && required && !isPartial) errors.Add(name, "This field is required.");
        if (found && !nullable && value.ValueKind == JsonValueKind.Null)
        {
            errors.Add(name, "This field may not be null.");
            return false;
        }
        return found;
    }

    private T Wrong<T>(string name, string message, T current)
    {
        errors.Add(name, message);
        return current;
    }
}
