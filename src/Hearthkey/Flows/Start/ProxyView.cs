using Hearthkey.Hosting;
using Hearthkey.Ui;
using Microsoft.AspNetCore.Html;

namespace Hearthkey.Flows.Start;

/// <summary>Shows during setup how the request reached us, so that a proxy that is wired badly is noticed at once.</summary>
internal static class ProxyView
{
    private static readonly string[] _headers =
        ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "CF-Connecting-IP", "CF-Visitor", "X-Forwarded-Ssl", "X-Forwarded-Scheme"];

    public static (Html? Above, Html? Below) Of(HttpContext http)
    {
        var edge = http.Edge();
        var sent = _headers.Where(h => http.Request.Headers[h].Count > 0).ToList();
        List<(string, string)> facts = [(FlowStrings.SeenAddress, edge.Origin.ToString()), (FlowStrings.SeenClient, edge.Client.ToString())];
        if (!edge.Peer.Equals(edge.Client)) facts.Add((FlowStrings.SeenProxy, edge.Peer.ToString()));
        facts.AddRange(sent.Select(h => (h, Shorten(http.Request.Headers[h].ToString()))));
        var warning = Problem(http, edge, sent) is { } problem ? Feedback.Alert(problem, Tone.Warning) : null;
        return (warning, Below(facts));
    }

    /// <summary>What looks wrong, or null.</summary>
    public static string? Problem(HttpContext http, Edge edge, IReadOnlyCollection<string> sent)
    {
        if (sent.Count > 0 && !edge.IsPeerTrusted) return Texts.Format(FlowStrings.ProxyNotTrusted, edge.Peer.ToString());
        return !edge.Origin.IsHttps && LooksSecure(http, edge) ? FlowStrings.ProxyHidesHttps : null;
    }

    // browsers send Sec-Fetch headers over https, and over http to this machine only
    private static bool LooksSecure(HttpContext http, Edge edge)
    {
        var headers = http.Request.Headers;
        var isLocal = edge.Origin.Host is "localhost" or "127.0.0.1" or "[::1]" || edge.Origin.Host.EndsWith(".localhost", StringComparison.Ordinal);
        return (headers["Sec-Fetch-Site"].Count > 0 && !isLocal)
            || headers["CF-Visitor"].ToString().Contains("https", StringComparison.Ordinal)
            || headers["X-Forwarded-Ssl"] == "on"
            || headers["X-Forwarded-Scheme"] == "https";
    }

    private static Html Below(List<(string Term, string Value)> facts) => $"""
        <details class="seen"><summary>{FlowStrings.SeenTitle}</summary><p class="help">{FlowStrings.SeenHelp}</p>
        {Pieces.DefinitionList(facts.Select(f => (f.Term, (IHtmlContent)Pieces.Code(f.Value))))}</details>
        """;

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
