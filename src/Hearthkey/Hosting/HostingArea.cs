using Hearthkey.Hosting.Jobs;
using Hearthkey.Hosting.Metering;
using Hearthkey.Hosting.Reading;

namespace Hearthkey.Hosting;

/// <summary>The process and its edge: settings, whom to believe, our own origins, CSRF, security headers, limits, background jobs, metrics.</summary>
public static class HostingArea
{
    /// <summary>Reads the settings from the environment's variables.</summary>
    /// <exception cref="StartupException">Anything is wrong: the message names every mistake.</exception>
    public static (Settings Settings, IReadOnlyList<string> Warnings) ReadSettings(IReadOnlyDictionary<string, string> environment)
    {
        var reader = new SettingsReader();
        var settings = reader.Read(environment);
        if (reader.Errors.Count > 0)
            throw new StartupException("The configuration has mistakes:\n" + string.Join('\n', reader.Errors.Select(e => "  - " + e)));
        return (settings, reader.Warnings);
    }

    public static void AddHosting(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<Origins>();
        services.AddSingleton<TlsCertificate>();
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(log => log.SetMinimumLevel(settings.LogLevel)
            .AddFilter("Microsoft", LogLevel.Warning)
            // it writes nothing we miss, but while it may write, every request pays for an activity and a log scope
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // a start that fails is told once, in a sentence, by whoever started it
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddSimpleConsole(o => { o.SingleLine = true; o.TimestampFormat = "yyyy-MM-dd HH:mm:ss "; }));
        services.AddHostedService<PeriodicLoop>();
        services.AddSingleton<RequestCounts>();
        services.AddSingleton<MetricsListener>();
        services.AddSingleton(s => new MetricSource(text => ProcessMetrics.Write(text, s.GetRequiredService<RequestCounts>())));
    }

    public static void MapHosting(this IEndpointRouteBuilder routes)
    {
        // live: the process answers; ready: so does the database
        routes.MapMethods("/-/health/live/", ["GET", "HEAD"], (RequestDelegate)(_ => Task.CompletedTask)).WithMetadata(Access.Anyone);
        routes.MapMethods("/-/health/ready/", ["GET", "HEAD"], (RequestDelegate)(c => ReadyAsync(c))).WithMetadata(Access.Anyone);
    }

    private static async Task ReadyAsync(HttpContext context)
    {
        foreach (var probe in context.RequestServices.GetServices<ReadinessProbe>())
        {
            if (await probe.IsReadyAsync(context.RequestAborted)) continue;
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
    }
}
