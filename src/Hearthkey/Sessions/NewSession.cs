namespace Hearthkey.Sessions;

/// <summary>A session that is about to begin: written inside a unit of work, then handed to the browser.</summary>
/// <param name="OldIdHash">Hash of the id that the browser had before, or null.</param>
/// <param name="CookieAge">How long the browser keeps the cookie; null until it closes.</param>
public sealed record NewSession(SignInSession Session, string? OldIdHash, TimeSpan? CookieAge, bool EndsOthers, string ClientIp, string UserAgent)
{
    /// <summary>As in <see cref="SessionTerms"/>.</summary>
    public DateTimeOffset? PasswordAt { get; init; }

    // the id itself: only the cookie may carry it, so it is not part of what a record prints
    internal string Id { get; init; } = "";
}
