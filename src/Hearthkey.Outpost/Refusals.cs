using System.Globalization;
using System.Text.Json;
using Hearthkey.Outpost.Checks;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>Answers to requests that cannot be placed: what a proxy or person gets, and what the operator is told.</summary>
internal sealed class Refusals(OutpostOptions options, OutpostReports reports)
{
    // what names an address, in the words of one proxy or another
    private static readonly string[] _sources =
        [OriginalUrl.Header, OriginalUrl.ChosenHost, ForwardedHeaders.Proto, ForwardedHeaders.Host, ForwardedHeaders.Uri];

    private static readonly JsonWriterOptions _indented = new() { Indented = true, IndentCharacter = '\t', IndentSize = 1 };

    /// <summary>
    /// Refuses a check. nginx shows its own bare error for any status but 401 and 403, so a browser on a host that nobody serves gets a 401:
    /// it leads to <c>/start</c> on that host, which comes to the same verdict and shows the page. Programs get the status that says what is wrong.
    /// </summary>
    public Task RefuseCheckAsync(HttpContext context, OutpostConfiguration configuration, Dialect dialect, OutpostFinding finding, in ForwardedUrl url)
    {
        if (dialect.RelaysAnswers)
            return RefuseBrowserAsync(context, configuration, finding, url, dialect.Advice);
        var unknownStatus = ReadsPages(context) ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest;
        var refusal = Explain(context, configuration, finding, url, unknownStatus, dialect.Advice);
        return refusal.NamesHost ? WriteJsonAsync(context, refusal, url) : WriteTextAsync(context, refusal.Report.Status);
    }

    /// <summary>Refuses a request that a browser makes: a page where it reads one, else as a check.</summary>
    public Task RefuseBrowserAsync(
        HttpContext context, OutpostConfiguration configuration, OutpostFinding finding, in ForwardedUrl url, Advice? advice = null)
    {
        var refusal = Explain(context, configuration, finding, url, StatusCodes.Status400BadRequest, advice);
        if (ReadsPages(context))
        {
            var kind = refusal.Report.Finding == OutpostFinding.LoginHostProtected ? OutpostPageKind.LoginHostProtected : OutpostPageKind.Misconfigured;
            return PageAsync(context, new OutpostPage(kind, refusal.Report.Status, refusal.Report.Provider, refusal.Report));
        }
        return refusal.NamesHost ? WriteJsonAsync(context, refusal, url) : WriteTextAsync(context, refusal.Report.Status);
    }

    /// <summary>Nobody can be let in while the server's truth is out of reach; a page only where the browser would see it.</summary>
    public Task UnavailableAsync(HttpContext context, ProtectedSite site, bool isSeen)
    {
        const int status = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "5";
        if (isSeen && ReadsPages(context))
            return PageAsync(context, new OutpostPage(OutpostPageKind.Unavailable, status, site.Provider));
        context.Response.StatusCode = status;
        return context.Response.WriteAsync("the login server is out of reach; try again in a moment", context.RequestAborted);
    }

    /// <summary>Nobody is signed in, and this is no place to start a login.</summary>
    public static Task UnauthorizedAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return context.Response.WriteAsync("unauthorized request", context.RequestAborted);
    }

    /// <summary>Too many wrong app passwords came: what this one is nobody looks at yet (RFC 6585 §4).</summary>
    public static Task TooManyAsync(HttpContext context, TimeSpan wait)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return context.Response.WriteAsync("too many wrong app passwords", context.RequestAborted);
    }

    /// <summary>A program that may open the application, but not this host.</summary>
    public static Task ForbiddenAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("no access to this host", context.RequestAborted);
    }

    /// <summary>A person who may open the application, but not this host.</summary>
    public Task HostDeniedAsync(HttpContext context, ProtectedSite site, in ForwardedUrl url) => PageAsync(
        context, new OutpostPage(OutpostPageKind.HostDenied, StatusCodes.Status403Forbidden, site.Provider) { Host = url.HostName.ToString() });

    /// <summary>The proxy protects the login itself.</summary>
    public Task LoginHostProtectedAsync(HttpContext context, ProtectedSite site, in ForwardedUrl asked)
    {
        const int status = StatusCodes.Status400BadRequest;
        var report = reports.LoginHostProtected(context, site, status, asked);
        return PageAsync(context, new OutpostPage(OutpostPageKind.LoginHostProtected, status, site.Provider, report));
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
        HttpContext context, OutpostConfiguration configuration, OutpostFinding finding, in ForwardedUrl url, int unknownStatus, Advice? advice)
    {
        var site = Guess(context, configuration, url);
        advice ??= site?.Advice ?? NginxDialect.Advice;
        if (finding == OutpostFinding.UnknownHost)
            return new(ExplainUnknown(context, configuration, url, unknownStatus, advice), true);
        var headers = context.Request.Headers;
        var (status, expected, change) = finding switch
        {
            OutpostFinding.UrlMissing => (500, "The address that the browser asked for.", OtherProxy(context) ?? advice.Url),
            OutpostFinding.UntrustedPeer => (500, "A check from loopback, a private network or a listed proxy.",
                "Add the proxy's address to HEARTHKEY_LISTEN__TRUSTED_PROXY_CIDRS."),
            OutpostFinding.UrlMalformed => (400, "One absolute http or https address, sent once.", advice.Url),
            _ => (400, "The same host in all of them.", advice.Hosts),
        };
        var came = finding == OutpostFinding.UntrustedPeer
            ? $"A check from {context.Connection.RemoteIpAddress}, which is no trusted proxy."
            : $"Host: {context.Request.Host.Value}; " + string.Join("; ", _sources.Where(headers.ContainsKey).Select(name => $"{name}: {headers[name]}"));
        return new Refusal(reports.Problem(context, finding, site, status, came, expected, change), false);
    }

    // the headers of one proxy at the address of another
    private static string? OtherProxy(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.ContainsKey(OriginalUrl.Header))
            return "Let nginx, Nginx Proxy Manager and HAProxy ask /outpost.goauthentik.io/auth/nginx and Apache /outpost.goauthentik.io/auth/apache: they send X-Original-URL.";
        return headers.ContainsKey(ForwardedHeaders.Uri)
            ? "Let Traefik ask /outpost.goauthentik.io/auth/traefik and Caddy /outpost.goauthentik.io/auth/caddy: they send X-Forwarded-Uri." : null;
    }

    private OutpostReport ExplainUnknown(HttpContext context, OutpostConfiguration configuration, in ForwardedUrl url, int status, Advice advice)
    {
        var came = url.IsSet ? url.Key.ToString() : context.Request.Host.Value ?? "";
        if (configuration.Find(url) is { } unassigned)
            return reports.Problem(context, OutpostFinding.ProviderInNoOutpost, unassigned, status, came,
                $"The provider {unassigned.Provider.Name} selected in an outpost.",
                "Open Applications → Outposts, edit the embedded outpost and select the application.");
        if (configuration.IsOwnOrigin(url) && IsForLogin(context, configuration))
            return reports.LoginHostProtected(context, null, status, url, advice);
        if (configuration.FindIgnoringPort(url) is { } named)
            return reports.PortMissing(context, named, status, came, named.External.Key.ToString());
        return reports.Problem(context, OutpostFinding.UnknownHost, null, status, came, "The external host of an application.",
            "Create a provider with this external host, or correct the host that the proxy sends.");
    }

    // a check of the login's own host, or a login that is to lead to the login
    private static bool IsForLogin(HttpContext context, OutpostConfiguration configuration) =>
        Dialect.Of(context.Request, context.Request.Path.Value ?? "") is not null
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
