namespace Hearthkey.Oidc.Authorize;

/// <summary>A request whose sender cannot be trusted with a redirect: a page says what is wrong (RFC 6749 §4.1.2.1).</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="Description">One sentence for the person; names nothing that was sent.</param>
public sealed record PageError(PageProblem Problem, string Description)
{
    /// <summary>The client, once it is known.</summary>
    public Client? Client { get; init; }

    /// <summary>What came as <c>client_id</c>.</summary>
    public string? SentClientId { get; init; }

    /// <summary>What came as <c>redirect_uri</c>.</summary>
    public string? SentRedirectUri { get; init; }

    /// <summary>The registered URIs beside the one that was sent, the most similar first.</summary>
    public IReadOnlyList<RedirectUriDifference> Registered { get; init; } = [];

    /// <summary>For the operator: what to look at.</summary>
    public string? Detail { get; init; }
}

/// <summary>Which part of the request is wrong.</summary>
public enum PageProblem
{
    /// <summary>No client id, or one that nobody has.</summary>
    Client,

    /// <summary>No redirect URI, one that is not registered, or one that is never allowed.</summary>
    RedirectUri,

    /// <summary>The request is too large, or names its client or redirect URI twice.</summary>
    Request,
}

/// <summary>One registered URI compared with the one that was sent.</summary>
/// <param name="Registered">The entry.</param>
/// <param name="FirstDifference">Index of the first character that differs, in both texts; null for a regular expression, where
/// there is no such place.</param>
public sealed record RedirectUriDifference(RedirectUri Registered, int? FirstDifference);
