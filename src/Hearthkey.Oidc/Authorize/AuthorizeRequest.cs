namespace Hearthkey.Oidc.Authorize;

/// <summary>An authorization request that passed every check (OpenID Connect Core §3.1.2.1).</summary>
public sealed record AuthorizeRequest
{
    public required Client Client { get; init; }

    /// <summary>Exactly as it was sent, found among the registered ones.</summary>
    public required string RedirectUri { get; init; }

    public required ResponseMode ResponseMode { get; init; }

    /// <summary>What will be granted: the requested scopes that the client may have, each once, in the order of the request.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public string? State { get; init; }

    public string? Nonce { get; init; }

    public string? CodeChallenge { get; init; }

    public CodeChallengeMethod CodeChallengeMethod { get; init; }

    public Prompts Prompts { get; init; }

    /// <summary>How old the sign-in may be; null when the client does not care, zero for "sign in now".</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>What the client thinks the person will type; only ever a suggestion.</summary>
    public string? LoginHint { get; init; }

    /// <summary>Language tags in order of preference, separated by spaces.</summary>
    public string? UiLocales { get; init; }

    /// <summary>The subject of a verified <c>id_token_hint</c>: nobody else may answer this request.</summary>
    public string? HintedSubject { get; init; }
}
