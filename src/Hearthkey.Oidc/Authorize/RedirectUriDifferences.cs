namespace Hearthkey.Oidc.Authorize;

/// <summary>Shows where a sent URI and the registered ones part.</summary>
internal static class RedirectUriDifferences
{
    public static IReadOnlyList<RedirectUriDifference> Between(string? sent, Client client, RedirectUriType type) =>
    [
        .. client.RedirectUris
            .Where(uri => uri.Type == type)
            .Select(uri => new RedirectUriDifference(uri, FirstDifference(uri, sent ?? "")))
            .OrderByDescending(difference => difference.FirstDifference ?? -1),
    ];

    private static int? FirstDifference(RedirectUri uri, string sent) =>
        uri.Mode == MatchingMode.Strict ? uri.Url.AsSpan().CommonPrefixLength(sent) : null;
}
