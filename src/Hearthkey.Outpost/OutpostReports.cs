using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>The sentences an operator reads, each with what came, what was expected and what to change.</summary>
internal sealed class OutpostReports(IOutpostCore core, OutpostOptions options, TimeProvider time)
{
    /// <summary>nginx's <c>proxy_buffer_size</c> where nobody set it: one memory page.</summary>
    private const int NginxBuffer = 4096;

    private const int MostHeaders = 50;

    /// <summary>Tells that a check was understood; at most every ten seconds per provider.</summary>
    public void Arrived(ProtectedSite site, HttpContext context)
    {
        if (site.ShouldReportCheck(time.GetTimestamp(), time.TimestampFrequency))
            core.Report(new OutpostReport(
                OutpostFinding.CheckArrived, site.Provider, 0, "A check arrived.", "", "", context.Connection.RemoteIpAddress));
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

    /// <summary>Warns where the headers of an answer do not fit nginx's buffer.</summary>
    public void Size(ProtectedSite site, Identity identity)
    {
        var size = site.FixedHeaderBytes() + identity.Size();
        if (size > NginxBuffer)
            core.Report(new OutpostReport(
                OutpostFinding.HeadersTooLarge, site.Provider, 0, $"The headers for {identity.Username} take {size} bytes.",
                $"At most {NginxBuffer} bytes: nginx's buffer where nothing else is set. Above it nginx answers 502.",
                "Set in nginx, beside proxy_pass: proxy_buffers 8 16k; proxy_buffer_size 32k;", null));
    }

    // without its arguments: they may carry codes and tokens
    private static string UrlOf(HttpRequest request)
    {
        var original = request.Headers["X-Original-URL"].ToString();
        var url = original.Length > 0 ? original : $"{request.Scheme}://{request.Host.Value}{request.Path.Value}";
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
