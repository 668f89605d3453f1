using System.Text.Json.Nodes;

namespace Hearthkey.Resources;

/// <summary>What is wrong with an input, by field, in the words a person reads: the body of a 400, and the notes beside a form's fields.</summary>
public sealed class FieldErrors
{
    /// <summary>Where a message belongs to no single field.</summary>
    public const string General = "non_field_errors";

    private readonly Dictionary<string, List<string>> _messages = [];

    public bool Any => _messages.Count > 0;

    public IReadOnlyCollection<string> Fields => _messages.Keys;

    public void Add(string field, string message)
    {
        if (!_messages.TryGetValue(field, out var list)) _messages[field] = list = [];
        list.Add(message);
    }

    /// <summary>The messages of one field as one sentence, or null.</summary>
    public string? For(string field) => _messages.TryGetValue(field, out var list) ? string.Join(' ', list) : null;

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (field, messages) in _messages)
        {
            var array = new JsonArray();
            foreach (var message in messages) array.Add((JsonNode)message);
            json[field] = array;
        }
        return json;
    }
}
