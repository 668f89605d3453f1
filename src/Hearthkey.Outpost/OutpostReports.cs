using Hearthkey.Outpost.Checks;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>The sentences an operator reads, each with what came, what was expected and what to change.</summary>
internal sealed class OutpostReports(IOutpostCore core, OutpostOptions options, TimeProvider time)
{
    /// <summary>nginx's <c>proxy_buffer_size</c> where nobody set it: one memory page.</summary>
    private const int NginxBuffer = 4096;

    private const int MostHeaders = 50;

    /// <summary>Tells that a check was understood; at most every ten seconds per provider, and every ten minutes per host of a domain.</summary>
    public void Arrived(ProtectedSite site, HttpContext context, in ForwardedUrl url, Advice advice)
    {
        if (!ReferenceEquals(site.Advice, advice))
            site.Advice = advice;
        var now = time.GetTimestamp();
        if (site.IsNewHost(url, now, time.TimestampFrequency) | site.ShouldReportCheck(now, time.TimestampFrequency))
            core.Report(new OutpostReport(OutpostFinding.CheckArrived, site.Provider, 0, "A check arrived.", "", "", context.Connection.RemoteIpAddress)
            {
                Url = url.Origin(site.IsHttps),
                Proxy = advice.Proxy,
            });
    }

    /// <summary>Tells a problem and returns it for the page.</summary>
    public OutpostReport Problem(
        HttpContext context, OutpostFinding finding, ProtectedSite? site, int status, string came, string expected, string change)
    {
        site?.ForgetCheckReport();
        var report = new OutpostReport(
            finding, site?.Provider, status, Printable(came), expected, change, context.Connection.RemoteIpAddress)
        {
            Reference = options.Reference(context),
            Url = Printable(UrlOf(context.Request)),
            Headers = [.. context.Request.Headers.Keys.Take(MostHeaders).Select(Printable)],
        };
        core.Report(report);
        return report;
    }

    /// <summary>Tells that the proxy lost the port, and how it is kept.</summary>
    public OutpostReport PortMissing(HttpContext context, ProtectedSite site, int status, string came, string expected) =>
        Problem(context, OutpostFinding.PortMissing, site, status, came, expected,
            site.Advice.Port);

    /// <summary>Tells that a login that is good for some methods cannot be used, because the proxy does not say which one was asked by.</summary>
    public void MethodMissing(HttpContext context, ProtectedSite site) =>
        Problem(context, OutpostFinding.MethodMissing, site, StatusCodes.Status401Unauthorized,
            "An app password that is good for some request methods alone, in a check that does not say reliably which method was used.",
            "The method of the original request with every check.",
            site.Advice.Method);

    /// <summary>Tells that the login is locked behind itself.</summary>
    public OutpostReport LoginHostProtected(HttpContext context, ProtectedSite? site, int status, in ForwardedUrl asked, Advice? advice = null) =>
        Problem(context, OutpostFinding.LoginHostProtected, site, status, asked.ToString(),
            "The address of an application; this is the address of the login itself.",
            (advice ?? site?.Advice ?? NginxDialect.Advice).LoginHost);

    /// <summary>Warns where the headers of an answer do not fit nginx's buffer.</summary>
    public void Size(ProtectedSite site, Identity identity)
    {
        var size = site.FixedHeaderBytes() + identity.Size();
        if (size > NginxBuffer && ReferenceEquals(site.Advice, NginxDialect.Advice))
            core.Report(new OutpostReport(
                OutpostFinding.HeadersTooLarge, site.Provider, 0, $"The headers for {identity.Username} take {size} bytes.",
                $"At most {NginxBuffer} bytes: nginx's buffer where nothing else is set. Above it nginx answers 500.",
                "Set in nginx, beside proxy_pass: proxy_buffers 8 16k; proxy_buffer_size 32k;", null));
    }

    // without its arguments: they may carry codes and tokens
    private static string UrlOf(HttpRequest request)
    {
        var headers = request.Headers;
        var original = headers[OriginalUrl.Header].ToString();
        var url = original.Length > 0 ? original
            : headers.TryGetValue(ForwardedHeaders.Uri, out var uri) ? $"{headers[ForwardedHeaders.Proto]}://{headers[ForwardedHeaders.Host]}{uri}"
            : $"{request.Scheme}://{request.Host.Value}{request.Path.Value}";
        var query = url.IndexOfAny(['?', '#']);
        return query < 0 ? url : url[..query];
    }

    private static string Printable(string text)
    {
        var cut = text.Length <= 500 ? text : text[..500];
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
        });
    }
}
