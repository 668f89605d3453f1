using System.Text.Json.Nodes;
using Hearthkey.Directory;

namespace Hearthkey.Mappings;

/// <summary>
/// What scopes tell about a person: the one place that answers for the expressions of the managed mappings until the interpreter does.
/// </summary>
public static class Claims
{
    /// <summary>Evaluates the mappings in their order; objects that two of them yield under one name are merged, otherwise the later one wins.</summary>
    public static JsonObject Evaluate(IReadOnlyList<ScopeMapping> mappings, Account who)
    {
        var claims = new JsonObject();
        foreach (var mapping in mappings) Merge(claims, Of(mapping, who));
        return claims;
    }

    /// <summary>The names of the claims that these mappings can yield, for discovery.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<ScopeMapping> mappings) => [.. mappings.SelectMany(m => m.Managed switch
    {
        ManagedMappings.Email => ["email", "email_verified"],
        ManagedMappings.Profile => ["name", "given_name", "preferred_username", "nickname", "groups"],
        ManagedMappings.Entitlements => ["entitlements", "roles"],
        ManagedMappings.Proxy => ["ak_proxy"],
        _ => Array.Empty<string>(),
    }).Distinct()];

    private static JsonObject Of(ScopeMapping mapping, Account who) => mapping.Managed switch
    {
        ManagedMappings.Email => new() { ["email"] = who.Email, ["email_verified"] = false },
        ManagedMappings.Profile => new()
        {
            ["name"] = who.Name,
            ["given_name"] = who.Name,
            ["preferred_username"] = who.Username,
            ["nickname"] = who.Username,
            ["groups"] = new JsonArray([.. who.Groups.Select(g => (JsonNode)g.Name)]),
        },
        ManagedMappings.Entitlements => new() { ["entitlements"] = new JsonArray(), ["roles"] = new JsonArray() },
        ManagedMappings.Proxy => new()
        {
            ["ak_proxy"] = new JsonObject
            {
                ["user_attributes"] = JsonObject.Create(who.MergedAttributes()),
                ["is_superuser"] = who.IsSuperuser,
            },
        },
        _ => [],
    };

    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from.ToList())
        {
            from.Remove(name);
            if (value is null) continue;
            if (value is JsonObject inner && into[name] is JsonObject there) Merge(there, inner);
            else into[name] = value;
        }
    }
}
