using Hearthkey.Audit;

namespace Hearthkey.Resources;

/// <summary>Who speaks to the API or an admin page.</summary>
/// <param name="UserPk">The person's key.</param>
/// <param name="IsSuperuser">Member of a group with the superuser flag, directly or through parents.</param>
/// <param name="IsBrowser">Proved by the session cookie: writes need the CSRF checks, secrets a recent password.</param>
/// <param name="AuthAt">When a browser session last proved a factor; null for tokens.</param>
public sealed record Caller(long UserPk, Guid UserUuid, string Username, string Email, bool IsSuperuser, bool IsBrowser, DateTimeOffset? AuthAt)
{
    /// <summary>The sign-in session that it was proved by; null for tokens.</summary>
    public Guid? SessionUuid { get; init; }

    public Actor Actor(HttpContext request) => Audit.Actor.Of(request, UserPk, Username, Email);
}

/// <summary>One way to find the caller of a request: bearer token, session cookie. The areas that know one register it; the first that answers wins.</summary>
public sealed record CallerSource(Func<HttpContext, ValueTask<Caller?>> FindAsync);

/// <summary>A source could not look at what was sent, because too many wrong attempts came before: set as a feature of the request, answered with 429.</summary>
public sealed record RetryAfter(TimeSpan Delay);
