using Hearthkey.ForwardAuth;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The line below the text for the proxy: waits for the first request, turns green, or says what came instead. It asks on until it is green.</summary>
public static class LiveLine
{
    public const string Id = "live";

    public static Html Show(LiveCheck check, string url, DateTimeOffset now, bool isProxied = false) => check switch
    {
        { State: LiveCheckState.Green } => Feedback.LiveCheck(
            Id, url, isWaiting: false, Tone.Good, isProxied ? AdminStrings.LiveProxyGreen : AdminStrings.LiveGreen, check.At is { } at ? Last(check, Texts.Ago(at, now), isProxied) : null),
        { State: LiveCheckState.Problem, Finding: { } finding } => Problem(finding, url),
        { Finding: { } hint } => Feedback.LiveCheck(Id, url, isWaiting: true, Tone.Neutral, AdminStrings.LiveWaiting, Instead(hint)),
        _ => Feedback.LiveCheck(Id, url, isWaiting: true, Tone.Neutral, AdminStrings.LiveWaiting, (Html)$"{(isProxied ? AdminStrings.LiveProxyHelp : AdminStrings.LiveWaitingHelp)}"),
    };

    private static Html Last(LiveCheck check, string ago, bool isProxied) => (Html)$"{(isProxied
        ? Texts.Format(AdminStrings.LiveProxyGreenAt, ago)
        : Texts.Format(AdminStrings.LiveGreenAt, ago, check.Proxy.Length > 0 ? check.Proxy : AdminStrings.AProxy))}";

    private static Html Problem(Finding finding, string url) => $"""
        <div id="{Id}" hx-get="{url}" hx-trigger="every 2s" hx-target="this" hx-swap="outerMorph">{Feedback.LiveCheck(Id + "-line", url, isWaiting: false, Tone.Bad, finding.Title, Instead(finding))}<a class="btn sm no-js" href="{url}">{Strings.CheckAgain}</a></div>
        """;

    private static Html Instead(Finding finding)
    {
        var came = finding.Came.Length == 0 ? null : Line(AdminStrings.Came, finding.Came);
        var expected = finding.Expected.Length == 0 ? null : Line(AdminStrings.Expected, finding.Expected);
        return $"""{came}{expected}<span class="change">{finding.Change}</span>""";
    }

    private static Html Line(string term, string value) => $"""<span class="pair-line">{term}: <code class="mono">{value}</code></span>""";
}
