using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary>What is known of the port that a browser uses.</summary>
internal enum PortVerdict
{
    /// <summary>As the proxy says, or nothing hints at another one.</summary>
    Right,

    /// <summary>The browser uses a port that the proxy does not pass on.</summary>
    Lost,

    /// <summary>Only the browser can say: it is to be asked.</summary>
    Ask,

    /// <summary>It was asked, and did not say.</summary>
    Unanswered,
}

/// <summary>
/// Finds out whether a proxy that sends <c>$host</c> lost the port of one of a domain's many hosts. Such a login would return to the usual
/// port, where nobody answers. The proxy's headers cannot tell: an application may well be on the usual port while the login is not. The
/// browser can: a page that it leaves at once is named, with its port, in the <c>Referer</c> of what follows.
/// </summary>
internal sealed class LostPort(TimeProvider time)
{
    private const string Asked = "hearthkey_port";

    /// <summary>Hosts that are remembered; browsers on more are asked each time.</summary>
    private const int MostKnown = 1000;

    /// <summary>Own choice: people notice nothing, and a proxy that is wired anew is noticed soon.</summary>
    private static readonly TimeSpan _trustedFor = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);

    /// <summary>Judges the start of a login; <paramref name="seen"/> is where the browser is, where the port is lost.</summary>
    public PortVerdict Judge(HttpContext context, ProtectedSite site, in ForwardedUrl url, in ForwardedUrl target, out ForwardedUrl seen)
    {
        seen = default;
        if (!site.IsDomain || url.Port != 0 || site.External.Port == 0)
            return PortVerdict.Right;
        if (IsElsewhere(target, url))
        {
            seen = target;
            return PortVerdict.Lost;
        }
        if (!RawQuery.HasFlag(context.Request.QueryString.Value, Asked))
            return IsKnown(url) || !IsVisit(context) ? PortVerdict.Right : PortVerdict.Ask;
        if (!ForwardedUrl.TryParse(context.Request.Headers.Referer.ToString(), out var from) || !from.HostName.SequenceEqual(url.HostName)
            || !from.PathAndQuery.StartsWith(OutpostPaths.Prefix))
            return PortVerdict.Unanswered;
        if (IsElsewhere(from, url))
        {
            seen = from;
            return PortVerdict.Lost;
        }
        if (_known.Count < MostKnown)
            _known[url.HostName.ToString()] = time.GetUtcNow();
        return PortVerdict.Right;
    }

    /// <summary>The same request with a mark that the browser was asked; before <c>rd</c>, which takes everything behind it.</summary>
    public static string Next(HttpRequest request)
    {
        var query = request.QueryString.Value;
        return OutpostPaths.Start + "?" + Asked + "=true" + (string.IsNullOrEmpty(query) ? "" : string.Concat("&", query.AsSpan(1)));
    }

    private bool IsKnown(in ForwardedUrl url) =>
        _known.TryGetValue(url.HostName.ToString(), out var since) && time.GetUtcNow() - since < _trustedFor;

    private static bool IsElsewhere(in ForwardedUrl there, in ForwardedUrl here) =>
        there.IsSet && there.Port != 0 && there.HostName.SequenceEqual(here.HostName);

    private static bool IsVisit(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && Refusals.ReadsPages(context);
}
