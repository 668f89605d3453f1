using System.Text.Json.Nodes;
using Hearthkey.Oidc;

namespace Hearthkey.Tests.Oidc.Support;

/// <summary>The people of a test: Ada (1) and Bob (2).</summary>
internal sealed class MemorySubjects : ISubjects
{
    /// <summary>Users who are disabled, or may not open the application.</summary>
    public HashSet<long> Refused { get; } = [];

    /// <summary>What a mapping of the scope profile yields besides the name.</summary>
    public Dictionary<string, string> MoreClaims { get; } = [];

    public ValueTask<Subject?> FindAsync(long userKey, Client client, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        if (userKey is not (1 or 2) || Refused.Contains(userKey))
            return new((Subject?)null);
        var name = userKey == 1 ? "ada" : "bob";
        var claims = new JsonObject();
        if (scopes.Contains(Scope.Profile))
        {
            claims["preferred_username"] = name;
            claims["groups"] = new JsonArray("people", "admins");
            foreach (var (claim, value) in MoreClaims)
                claims[claim] = value;
        }
        if (scopes.Contains(Scope.Email))
            claims["email"] = name + "@example.com";
        return new(new Subject("sub-" + name, claims));
    }
}
