using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>
/// The one decision, for checks and for proxy mode: may this request pass? Session first, then paths that need no login, else a
/// login. A known session is answered without leaving memory and without a copy of anything.
/// </summary>
internal sealed class Gate(SessionReader reader)
{
    public ValueTask<Passage> DecideAsync(HttpContext context, OutpostConfiguration configuration, ProtectedSite site, in ForwardedUrl url)
    {
        if (!reader.IsFresh())
            return new(Passage.Unavailable);
        Span<SessionKey> keys = stackalloc SessionKey[SessionCookie.MaxCandidates];
        var count = SessionCookie.Read(context.Request, site, keys);
        foreach (ref readonly var key in keys[..count])
        {
            if (reader.FromMemory(key, site, url, configuration.Version) is { } cached)
                return new(Passage.Of(cached));
        }
        return count == 0 ? new(Anonymous(site, url)) : ReadThroughAsync(context, configuration, site, url, keys[..count].ToArray());
    }

    private async ValueTask<Passage> ReadThroughAsync(
        HttpContext context, OutpostConfiguration configuration, ProtectedSite site, ForwardedUrl url, SessionKey[] keys)
    {
        var hostName = url.HostName.ToString();
        foreach (var key in keys)
        {
            var answer = await reader.ReadAsync(key, site, hostName, configuration.Version, context.RequestAborted);
            if (answer.IsUnavailable)
                return Passage.Unavailable;
            if (answer.Cached is { } cached)
                return Passage.Of(cached);
        }
        return Anonymous(site, url);
    }

    // a path that cannot be told for certain is protected
    private static Passage Anonymous(ProtectedSite site, in ForwardedUrl url) =>
        RequestPath.TryNormalize(url.PathAndQuery, out var path) && IsOpen(site, url, path) ? Passage.Open : Passage.Login;

    /// <summary>True for a path that the provider lets everybody have.</summary>
    internal static bool IsOpen(ProtectedSite site, in ForwardedUrl url, string path)
    {
        var rules = site.Provider.SkipPaths;
        return !rules.IsEmpty && rules.Matches(site.IsDomain ? url.Origin(site.IsHttps) + path : path);
    }
}
