namespace Hearthkey.Outpost;

/// <summary>Answer to an attempt: somebody, nobody, or "the store is out of reach".</summary>
/// <param name="Login">Who it was, or null.</param>
/// <param name="IsUnavailable">True when nobody can say: the request is then answered 503, never let through.</param>
public readonly record struct HeaderAnswer(HeaderLogin? Login, bool IsUnavailable)
{
    public static HeaderAnswer None => default;

    public static HeaderAnswer Unavailable => new(null, true);

    public static HeaderAnswer Found(HeaderLogin login) => new(login, false);

    /// <summary>There were too many wrong ones: nobody looked at this one.</summary>
    public static HeaderAnswer TooMany(TimeSpan retryAfter) => new(null, false) { RetryAfter = retryAfter };

    /// <summary>How long to wait before the next attempt; null where one may be made at once.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Whom a program speaks for, proved by its <c>Authorization</c> header.</summary>
/// <param name="Identity">As for a session.</param>
/// <param name="UserKey">The person's int key.</param>
/// <param name="ExpiresAt">When the proof ends, if ever.</param>
/// <param name="Limits">The requests that it is good for.</param>
public sealed record HeaderLogin(Identity Identity, int UserKey, DateTimeOffset? ExpiresAt, RequestLimits Limits);
