namespace Hearthkey.Oidc.Authorize;

/// <summary>What a valid request needs next: one of the three nested records.</summary>
public abstract record AuthorizeDecision
{
    private AuthorizeDecision()
    {
    }

    /// <summary>The person must sign in (again), then come back to the same request.</summary>
    public sealed record NeedsLogin(LoginReason Reason) : AuthorizeDecision;

    /// <summary>Send the browser back to the client with an error.</summary>
    public sealed record Refused(RedirectError Error) : AuthorizeDecision;

    /// <summary>The sign-in is good: check access, ask for consent where it is due, then
    /// <see cref="AuthorizeEndpoint.IssueAsync"/>.</summary>
    public sealed record Proceed(Authentication Authentication) : AuthorizeDecision;
}

/// <summary>Why a sign-in is needed.</summary>
public enum LoginReason
{
    /// <summary>Nobody is signed in.</summary>
    NotSignedIn,

    /// <summary>The client asked for <c>prompt=login</c>.</summary>
    PromptLogin,

    /// <summary>The sign-in is older than <c>max_age</c> allows.</summary>
    TooOld,

    /// <summary>The client asked for another person by <c>id_token_hint</c>.</summary>
    OtherSubject,
}
