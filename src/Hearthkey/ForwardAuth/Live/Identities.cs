using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Directory;
using Hearthkey.Mappings;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>What an application is told of somebody: the claims of the provider's mappings, as header values.</summary>
internal static class Identities
{
    public static Identity Of(RegisteredClient registered, Account who) => Describe(Claims.Evaluate(registered.Mappings, who), who);

    private static Identity Describe(JsonObject claims, Account who) => new()
    {
        Username = Text(claims, "preferred_username"),
        Groups = List(claims, "groups"),
        Entitlements = List(claims, "entitlements"),
        Email = Text(claims, "email"),
        Name = Text(claims, "name"),
        Uid = who.Uid,
        Additional = claims["ak_proxy"]?["user_attributes"] is JsonObject attributes && attributes.ContainsKey("additionalHeaders")
            ? AdditionalHeaders.Read(JsonElement.Parse(attributes.ToJsonString()))
            : null,
    };

    private static string Text(JsonObject claims, string name) => claims[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static string List(JsonObject claims, string name) => claims[name] is JsonArray names
        ? Identity.Join(names.OfType<JsonValue>().Select(n => n.TryGetValue<string>(out var text) ? text : "").Where(n => n.Length > 0))
        : "";
}
