using System.Text.Json;
using Hearthkey.Outpost.Checks;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>Answers to requests that cannot be placed: what a proxy or person gets, and what the operator is told.</summary>
internal sealed class Refusals(OutpostOptions options, OutpostReports reports)
{
    private static readonly JsonWriterOptions _indented = new() { Indented = true, IndentCharacter = '\t', IndentSize = 1 };

    /// <summary>
    /// Refuses a check. A proxy shows its own bare error for any status but 401 and 403, so a browser on a host that nobody serves gets a 401:
    /// it leads to <c>/start</c> on that host, which comes to the same verdict and shows the page. Programs get the status that says what is wrong.
    /// </summary>
    public Task RefuseCheckAsync(HttpContext context, OutpostConfiguration configuration, OutpostFinding finding, in ForwardedUrl url)
    {
        var refusal = Explain(context, configuration, finding, url, ReadsPages(context) ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest);
        return refusal.NamesHost ? WriteJsonAsync(context, refusal, url) : WriteTextAsync(context, refusal.Report.Status);
    }

    /// <summary>Refuses a request that a browser makes: a page where it reads one, else as a check.</summary>
    public Task RefuseBrowserAsync(HttpContext context, OutpostConfiguration configuration, OutpostFinding finding, in ForwardedUrl url)
    {
        var refusal = Explain(context, configuration, finding, url, StatusCodes.Status400BadRequest);
        if (ReadsPages(context))
        {
            var kind = refusal.Report.Finding == OutpostFinding.LoginHostProtected ? OutpostPageKind.LoginHostProtected : OutpostPageKind.Misconfigured;
            return PageAsync(context, new OutpostPage(kind, refusal.Report.Status, refusal.Report.Provider, refusal.Report));
        }
        return refusal.NamesHost ? WriteJsonAsync(context, refusal, url) : WriteTextAsync(context, refusal.Report.Status);
    }

    /// <summary>Shows a page with its status.</summary>
    public Task PageAsync(HttpContext context, OutpostPage page)
    {
        context.Response.StatusCode = page.Status;
        return options.RenderPage(context, page);
    }

    /// <summary>True for what a person looks at.</summary>
    public static bool ReadsPages(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private Refusal Explain(
        HttpContext context, OutpostConfiguration configuration, OutpostFinding finding, in ForwardedUrl url, int unknownStatus)
    {
        var original = context.Request.Headers[NginxDialect.OriginalUrl].ToString();
        var chosen = context.Request.Headers[NginxDialect.ChosenHost].ToString();
        if (finding == OutpostFinding.UnknownHost)
            return new(ExplainUnknown(context, configuration, url, unknownStatus), true);
        var site = Guess(context, configuration, url);
        var (status, came, expected, change) = finding switch
        {
            OutpostFinding.OriginalUrlMissing => (500, "No X-Original-URL.", "The address that the browser asked for, in X-Original-URL.",
                "Add in nginx, in location /outpost.goauthentik.io: proxy_set_header X-Original-URL $scheme://$http_host$request_uri;"),
            OutpostFinding.UntrustedPeer => (500, $"A check from {context.Connection.RemoteIpAddress}, which is no trusted proxy.",
                "A check from loopback, a private network or a listed proxy.",
                "Add the proxy's address to HEARTHKEY_LISTEN__TRUSTED_PROXY_CIDRS."),
            OutpostFinding.OriginalUrlMalformed => (400, "X-Original-URL: " + original, "One absolute http or https address.",
                "Set in nginx: proxy_set_header X-Original-URL $scheme://$http_host$request_uri;"),
            _ => (400, $"Host: {context.Request.Host.Value}; X-Original-URL: {original}; X-Hearthkey-Host: {chosen}",
                "The same host in all of them.",
                "If this was no attack, use $http_host in both Host and X-Original-URL, and $host in X-Hearthkey-Host."),
        };
        return new Refusal(reports.Problem(context, finding, site, status, came, expected, change), false);
    }

    private OutpostReport ExplainUnknown(HttpContext context, OutpostConfiguration configuration, in ForwardedUrl url, int status)
    {
        var came = url.IsSet ? url.Key.ToString() : context.Request.Host.Value ?? "";
        if (configuration.Find(url) is { } unassigned)
            return reports.Problem(context, OutpostFinding.ProviderInNoOutpost, unassigned, status, came,
                $"The provider {unassigned.Provider.Name} selected in an outpost.",
                "Open Applications → Outposts, edit the embedded outpost and select the application.");
        if (configuration.IsOwnOrigin(url) && IsForLogin(context, configuration))
            return reports.LoginHostProtected(context, null, status, url);
        if (configuration.FindIgnoringPort(url) is { } named)
            return reports.PortMissing(context, named, status, came, named.External.Key.ToString());
        return reports.Problem(context, OutpostFinding.UnknownHost, null, status, came, "The external host of an application.",
            "Create a provider with this external host, or correct the host that the proxy sends.");
    }

    // a check of the login's own host, or a login that is to lead to the login
    private static bool IsForLogin(HttpContext context, OutpostConfiguration configuration) =>
        (context.Request.Path.Value ?? "").StartsWith(OutpostPaths.Auth, StringComparison.Ordinal)
        || (ForwardedUrl.TryParse(RawQuery.ReturnAddress(context.Request.QueryString.Value), out var asked) && configuration.IsOwnOrigin(asked));

    // only to tell the operator whose page the finding belongs on; decides nothing
    private static ProtectedSite? Guess(HttpContext context, OutpostConfiguration configuration, in ForwardedUrl url)
    {
        if (configuration.Find(url) is { } site)
            return site;
        return ForwardedUrl.TryParse(context.Request.IsHttps, context.Request.Host.Value, "/", out var host)
            ? configuration.Find(host) ?? configuration.FindIgnoringPort(host)
            : null;
    }

    private static Task WriteTextAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync("configuration error", context.RequestAborted);
    }

    private static async Task WriteJsonAsync(HttpContext context, Refusal refusal, ForwardedUrl url)
    {
        context.Response.StatusCode = refusal.Report.Status;
        context.Response.ContentType = "application/json";
        var host = url.IsSet ? url.Key.ToString() : context.Request.Host.Value ?? "";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, _indented);
        json.WriteStartObject();
        json.WriteString("Message", "no app for hostname");
        json.WriteString("Host", host);
        json.WriteString("Detail", $"{refusal.Report.Change} (host: {host})");
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private readonly record struct Refusal(OutpostReport Report, bool NamesHost);
}
