using System.Text.Json.Nodes;

namespace Hearthkey.Oidc;

/// <summary>A user as one client sees them.</summary>
/// <param name="Sub">The subject identifier by the provider's sub mode; never reassigned (OpenID Connect Core §2).</param>
/// <param name="Claims">The merged claims of the granted scopes. Protocol claims in it (<c>iss</c>, <c>sub</c>, <c>aud</c> …)
/// are ignored. Read only, but by one request at a time.</param>
public sealed record Subject(string Sub, JsonObject Claims);
