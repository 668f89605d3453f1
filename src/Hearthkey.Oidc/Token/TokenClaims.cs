using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearthkey.Oidc.Token;

/// <summary>Writes the claims that ID and access token share, and keeps the protocol's own out of reach of mappings.</summary>
internal static class TokenClaims
{
    /// <summary>The one authentication context that we have; the name is authentik's, apps may check it.</summary>
    public const string Acr = "goauthentik.io/providers/oauth2/default";

    /// <summary>What a scope mapping cannot set: these say who vouches for whom, to whom, and for how long.</summary>
    private static readonly HashSet<string> _reserved = new(StringComparer.Ordinal)
    {
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "auth_time", "acr", "amr", "nonce", "at_hash", "c_hash", "s_hash", "sid",
        "azp", "client_id", "scope", "grant", "cnf", "act", "may_act", "events", "typ",
    };

    public static void WriteShared(Utf8JsonWriter writer, Client client, Grant grant, Subject subject, DateTimeOffset now)
    {
        writer.WriteNumber("exp", (now + client.AccessTokenValidity).ToUnixTimeSeconds());
        writer.WriteNumber("iat", now.ToUnixTimeSeconds());
        WriteIdentity(writer, client, grant, subject);
    }

    /// <summary>Who vouches for whom to whom, and how the person signed in.</summary>
    public static void WriteIdentity(Utf8JsonWriter writer, Client client, Grant grant, Subject subject)
    {
        var authentication = grant.Authentication;
        writer.WriteString("iss", client.Issuer);
        writer.WriteString("sub", subject.Sub);
        writer.WriteString("aud", client.ClientId);
        writer.WriteNumber("auth_time", authentication.AuthTime.ToUnixTimeSeconds());
        writer.WriteString("acr", Acr);
        if (authentication.Amr.Count > 0)
        {
            writer.WriteStartArray("amr");
            foreach (var method in authentication.Amr)
                writer.WriteStringValue(method);
            writer.WriteEndArray();
        }
        if (grant.Nonce is not null)
            writer.WriteString("nonce", grant.Nonce);
        // a program has no session
        if (authentication.SessionId.Length > 0)
            writer.WriteString("sid", authentication.SessionId);
    }

    /// <param name="except">One more name that is the protocol's own where this is written.</param>
    public static void WriteMapped(Utf8JsonWriter writer, JsonObject claims, string? except = null)
    {
        foreach (var (name, value) in claims)
        {
            // null fields are left out, as in authentik
            if (value is null || name == except || _reserved.Contains(name))
                continue;
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}
