namespace Hearthkey.Oidc.Authorize;

/// <summary>Shows where a sent URI and the registered ones part.</summary>
internal static class RedirectUriDifferences
{
    public static IReadOnlyList<RedirectUriDifference> Between(string? sent, Client client, RedirectUriType type) =>
    [
        .. client.RedirectUris
            .Where(uri => uri.Type == type)
            .Select(uri => new RedirectUriDifference(uri, uri.Mode == MatchingMode.Strict ? uri.Url.AsSpan().CommonPrefixLength(sent ?? "") : null))
            .OrderByDescending(difference => difference.FirstDifference ?? -1),
    ];
}
