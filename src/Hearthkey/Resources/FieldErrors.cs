using System.Text.Json.Nodes;

namespace Hearthkey.Resources;

/// <summary>What is wrong with an input, by field, in the words a person reads: the body of a 400, and the notes beside a form's fields.</summary>
public sealed class FieldErrors
{
    /// <summary>Where a message belongs to no single field.</summary>
    public const string General = "non_field_errors";

    private const string Gone = "What was chosen here is no longer there. Please choose again.";

    private readonly Dictionary<string, List<Message>> _messages = [];

    public bool Any => _messages.Count > 0;

    public IReadOnlyCollection<string> Fields => _messages.Keys;

    public void Add(string field, string message) => Add(field, new Message(message, message));

    /// <summary>The field names an object that is not there: the API says its key, in Django REST framework's words; a person needs to hear what to do.</summary>
    public void AddMissing<TKey>(string field, TKey key) => Add(field, new Message($"Invalid pk \"{key}\" - object does not exist.", Gone));

    /// <summary>The messages of one field as one sentence for a person, or null.</summary>
    public string? For(string field) => _messages.TryGetValue(field, out var list) ? string.Join(' ', list.Select(m => m.ForPeople).Distinct()) : null;

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (field, messages) in _messages)
        {
            var array = new JsonArray();
            foreach (var message in messages) array.Add((JsonNode)message.OnWire);
            json[field] = array;
        }
        return json;
    }

    private void Add(string field, Message message)
    {
        if (!_messages.TryGetValue(field, out var list)) _messages[field] = list = [];
        list.Add(message);
    }

    private sealed record Message(string OnWire, string ForPeople);
}
