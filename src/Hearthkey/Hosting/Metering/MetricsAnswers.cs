using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Hearthkey.Hosting.Metering;

/// <summary>The two answers of the metrics' address.</summary>
internal sealed class MetricsAnswers(IEnumerable<MetricSource> sources) : IHttpApplication<HttpContext>
{
    public const string Metrics = "/metrics";

    /// <summary>Proxies that find their services by labels look there whether the outpost lives.</summary>
    public const string Ping = "/outpost.goauthentik.io/ping";

    private readonly List<MetricSource> _sources = [.. sources];

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }
        switch (context.Request.Path.Value)
        {
            case Metrics:
                response.ContentType = MetricText.ContentType;
                if (HttpMethods.IsGet(context.Request.Method)) await response.WriteAsync(Text(), context.RequestAborted);
                return;
            case Ping or Ping + "/":
                response.StatusCode = StatusCodes.Status204NoContent;
                return;
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }
    }

    private string Text()
    {
        var text = new MetricText();
        foreach (var source in _sources) source.Write(text);
        return text.ToString();
    }
}
