using Hearthkey.Oidc.Jose;

namespace Hearthkey.Oidc.Metadata;

/// <summary>The public keys of a client's tokens (RFC 7517 §5): the one that signs, those that did before, and those of identity statements.</summary>
public static class JwksDocument
{
    /// <summary>The document as UTF-8 JSON; it changes only with the configuration. Without keys (HS256) the list is empty.</summary>
    public static byte[] Write(Client client) => Json.Write(writer =>
    {
        IEnumerable<SigningKey> keys = client.SigningKey is { } current ? [current, .. client.RetiredKeys] : client.RetiredKeys;
        writer.WriteStartObject();
        writer.WriteStartArray("keys");
        foreach (var key in keys.Concat(client.StatementKeys).DistinctBy(key => key.KeyId))
            key.WriteJwk(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
