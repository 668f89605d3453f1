using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost;

/// <summary>Finds the session of a cookie: memory first, then the store; and for whom it speaks under this configuration.</summary>
internal sealed class SessionReader(IOutpostCore core, SessionCache cache, TimeProvider time, OutpostReports reports)
{
    /// <summary>The answer at once where memory has it; null where <see cref="ReadAsync"/> must be asked.</summary>
    public CachedSession? FromMemory(in SessionKey key, ProtectedSite site, in ForwardedUrl url, long configurationVersion) =>
        cache.Find(key, time.GetUtcNow()) is { } cached && cached.ConfigurationVersion == configurationVersion
        && IsFor(cached.Session, site, url.HostName) ? cached : null;

    /// <summary>True while what is in memory may be believed.</summary>
    public bool IsFresh() => core.MayBelieveMemory;

    /// <summary>Reads through, and asks for the identity where it was worked out under another configuration.</summary>
    public async ValueTask<SessionAnswer> ReadAsync(
        SessionKey key, ProtectedSite site, string hostName, long configurationVersion, CancellationToken ct)
    {
        var readAt = cache.Now();
        // what may not be believed any more is asked for again
        var cached = IsFresh() ? cache.Find(key, time.GetUtcNow()) : null;
        var session = cached?.Session;
        if (session is null)
        {
            var found = await core.FindSessionAsync(key.Hash(), ct);
            if (found.IsUnavailable)
                return new SessionAnswer(null, true);
            session = found.Session;
        }
        if (session is null || session.ExpiresAt <= time.GetUtcNow() || !IsFor(session, site, hostName))
            return default;
        if (cached is not null && cached.ConfigurationVersion == configurationVersion)
            return new SessionAnswer(cached, false);

        var identity = await core.IdentityAsync(site.Provider, session, ct);
        if (identity is null)
        {
            cache.Remove(key);
            return default;
        }
        // an older reading keeps its age: marks set since then still count
        var kept = cache.Keep(key, new CachedSession(session, identity, configurationVersion, cached?.ReadAt ?? readAt));
        reports.Size(site, kept.Identity);
        return new SessionAnswer(kept, false);
    }

    /// <summary>The session of a browser's own request, from whichever of its cookies is good.</summary>
    public ValueTask<SessionAnswer> OfBrowserAsync(HttpContext context, ProtectedSite site, string hostName, long configurationVersion) =>
        OfCookiesAsync(context.Request.Headers.Cookie, site, hostName, configurationVersion, context.RequestAborted);

    /// <summary>The same from the header's lines.</summary>
    public async ValueTask<SessionAnswer> OfCookiesAsync(
        StringValues cookies, ProtectedSite site, string hostName, long configurationVersion, CancellationToken ct)
    {
        var keys = new SessionKey[SessionCookie.MaxCandidates];
        var count = SessionCookie.Read(cookies, site, keys);
        for (var i = 0; i < count; i++)
        {
            var answer = await ReadAsync(keys[i], site, hostName, configurationVersion, ct);
            if (answer.Cached is not null || answer.IsUnavailable)
                return answer;
        }
        return default;
    }

    private static bool IsFor(ProxySession session, ProtectedSite site, ReadOnlySpan<char> hostName) =>
        session.ProviderKey == site.Provider.Pk && (session.HostName is null || hostName.SequenceEqual(session.HostName));
}

/// <summary>A session with its identity; or nobody; or "could not be asked".</summary>
internal readonly record struct SessionAnswer(CachedSession? Cached, bool IsUnavailable);
