namespace Hearthkey.OidcProvider.Stores;

/// <summary>What a code remembers of its authorization request; stored as JSON, for it is never searched.</summary>
internal sealed record CodeRequest(
    string RedirectUri,
    string Scope,
    string? Nonce,
    string? CodeChallenge,
    bool IsS256,
    long IssuedAt,
    long AuthAt,
    string Amr);
