using System.Text.Json;

namespace Hearthkey.Resources.Rest;

/// <summary>Which texts can be kept: no database takes U+0000 everywhere, and what is no Unicode cannot be read back.</summary>
internal static class JsonTexts
{
    public const string Refusal = "Null characters and half surrogate pairs are not allowed in texts.";

    /// <summary>Every name and text in the document can be stored.</summary>
    public static bool AreStorable(JsonElement json)
    {
        try
        {
            return Walk(json);
        }
        catch (InvalidOperationException)
        {
            // a lone surrogate, or bytes that are no UTF-8
            return false;
        }
    }

    /// <summary>A query argument fit for a comparison: what contained U+0000 equals nothing that is stored.</summary>
    public static string WithoutNull(string text) => text.Replace('\0', '\ufffd');

    private static bool Walk(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return IsStorable(json.GetString()!);
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    if (!Walk(item)) return false;
                return true;
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                    if (!IsStorable(property.Name) || !Walk(property.Value)) return false;
                return true;
            default:
                return true;
        }
    }

    private static bool IsStorable(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
