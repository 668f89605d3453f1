namespace Hearthkey.Oidc.Authorize;

/// <summary>What validation of an authorization request found: one of the three nested records.</summary>
public abstract record AuthorizeOutcome
{
    private AuthorizeOutcome()
    {
    }

    /// <summary>Show a page with status 400; never redirect.</summary>
    public sealed record ShowError(PageError Error) : AuthorizeOutcome;

    /// <summary>Send the browser back to the client with an error.</summary>
    public sealed record Refused(RedirectError Error) : AuthorizeOutcome;

    /// <summary>Go on to <see cref="AuthorizeEndpoint.DecideAsync"/>.</summary>
    public sealed record Valid(AuthorizeRequest Request) : AuthorizeOutcome;
}

/// <summary>An error for the client, and the redirect that tells it.</summary>
/// <param name="Error">The error, with the private detail for the log.</param>
/// <param name="Location">The complete address, with <c>error</c>, <c>error_description</c>, <c>state</c> and <c>iss</c>.</param>
public sealed record RedirectError(OAuthError Error, string Location);
