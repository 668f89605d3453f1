namespace Hearthkey.Oidc.Metadata;

/// <summary>Where a client finds our endpoints: absolute addresses, made from our own configured origin, never from a request's
/// Host.</summary>
public sealed record EndpointUrls
{
    public required string Authorization { get; init; }

    public required string Token { get; init; }

    public required string UserInfo { get; init; }

    public required string Jwks { get; init; }

    public required string Introspection { get; init; }

    public required string EndSession { get; init; }
}
