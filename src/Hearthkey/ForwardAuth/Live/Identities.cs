using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Directory;
using Hearthkey.Mappings;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Jose;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Policies;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>What an application is told of somebody: the claims of the provider's mappings, as header values.</summary>
internal static class Identities
{
    public static Identity Of(Snapshot snapshot, RegisteredClient registered, Account who)
    {
        var part = snapshot.Get<ForwardAuthPart>();
        var claims = Claims.Evaluate(registered.Mappings, who);
        var groups = List(claims, "groups");
        var identity = new Identity
        {
            Username = Text(claims, "preferred_username"),
            Groups = Identity.Join(groups),
            GroupList = Identity.JoinList(groups),
            Entitlements = Identity.Join(List(claims, "entitlements")),
            Email = Text(claims, "email"),
            Name = Text(claims, "name"),
            Uid = who.Uid,
            ShutHosts = ShutTo(snapshot, registered.Fields.Pk, who),
        };
        if (part.Find(registered.Fields.Pk) is not { } served) return identity;
        var attributes = claims["ak_proxy"]?["user_attributes"] as JsonObject;
        return identity with
        {
            Authorization = served.Row.BasicAuthEnabled ? Basic(served.Row, attributes, identity.Email) : null,
            Statements = served.StatementKey is { } key && part.Base is { } origin ? Statements(key, registered.At(origin), identity, groups) : null,
            Additional = attributes?.ContainsKey("additionalHeaders") == true ? AdditionalHeaders.Read(JsonElement.Parse(attributes.ToJsonString())) : null,
        };
    }

    // beside the application's own bindings, which were asked before
    private static string ShutTo(Snapshot snapshot, long provider, Account who)
    {
        var bindings = snapshot.Get<Bindings>();
        return Identity.ListHosts([.. snapshot.Get<ProxyTable>().Hosts[provider]
            .Where(host => !bindings.Decide(host.Pk, host.PolicyEngineMode, who).IsAllowed).Select(host => host.Host)]);
    }

    private static string Basic(ProxyProvider provider, JsonObject? attributes, string email) => Identity.Basic(
        Attribute(attributes, provider.BasicAuthUserAttribute) ?? email, Attribute(attributes, provider.BasicAuthPasswordAttribute) ?? "");

    private static string? Attribute(JsonObject? attributes, string name) =>
        attributes?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static StatementSource Statements(SigningKey key, Client client, Identity identity, List<string> groups) => new(client.ClientId, now =>
        IdentityStatement.Sign(key, client.Issuer, client.ClientId, identity.Uid, new JsonObject
        {
            ["preferred_username"] = identity.Username,
            ["name"] = identity.Name,
            ["email"] = identity.Email,
            ["groups"] = new JsonArray([.. groups.Select(g => (JsonNode)g)]),
        }, now));

    private static string Text(JsonObject claims, string name) => claims[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static List<string> List(JsonObject claims, string name) => claims[name] is JsonArray names
        ? [.. names.OfType<JsonValue>().Select(n => n.TryGetValue<string>(out var text) ? text : "").Where(n => n.Length > 0)]
        : [];
}
