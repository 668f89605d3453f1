using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hearthkey.Oidc.Jose;

/// <summary>Writes small JSON texts without reflection.</summary>
internal static class Json
{
    // the texts are never part of a page, so nothing needs escaping beyond what JSON asks for
    private static readonly JsonWriterOptions _compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions _readable = _compact with { Indented = true };

    public static byte[] Write(Action<Utf8JsonWriter> write, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, indented ? _readable : _compact))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
