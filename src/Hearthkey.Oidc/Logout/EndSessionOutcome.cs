using Hearthkey.Oidc.Authorize;

namespace Hearthkey.Oidc.Logout;

/// <summary>What validation of a logout request found: one of the two nested records.</summary>
public abstract record EndSessionOutcome
{
    private EndSessionOutcome()
    {
    }

    /// <summary>Show a page with status 400; never redirect.</summary>
    public sealed record ShowError(PageError Error) : EndSessionOutcome;

    /// <summary>Run the provider's invalidation flow, then go where the request says.</summary>
    public sealed record Valid(EndSessionRequest Request) : EndSessionOutcome;
}

/// <summary>A logout request that may be acted on (RP-Initiated Logout §2).</summary>
public sealed record EndSessionRequest
{
    public required Client Client { get; init; }

    /// <summary>The hint's <c>sub</c>; null without a hint.</summary>
    public string? Subject { get; init; }

    /// <summary>The hint's <c>sid</c>: whether it is the session of this browser decides how much may end unasked.</summary>
    public string? SessionId { get; init; }

    /// <summary>Where to go afterwards, with <c>state</c>; null for our own page.</summary>
    public string? Location { get; init; }
}
