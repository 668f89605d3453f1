using System.Net.Sockets;
using Hearthkey.Hosting.Metering;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Hearthkey.Hosting;

/// <summary>
/// Serves <c>/metrics</c> on <c>LISTEN__METRICS</c>, and there alone. A server of its own, so that requests of people and applications pay nothing for
/// it. It has no login: the address keeps others out.
/// </summary>
public sealed partial class MetricsListener(
    Settings settings, IServiceProvider services, IConnectionListenerFactory sockets, ILoggerFactory logs) : IAsyncDisposable
{
    /// <summary>What is answered there, for anybody who reaches the address.</summary>
    public static IReadOnlyList<string> Paths { get; } = [MetricsAnswers.Metrics, MetricsAnswers.Ping];

    private KestrelServer? _server;

    /// <summary>Where it listens; null before it does, and where the address is taken.</summary>
    public Uri? Address => _server?.Features.Get<IServerAddressesFeature>()?.Addresses.Select(a => new Uri(a)).FirstOrDefault();

    /// <exception cref="StartupException">The address was asked for by name, and is taken.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        if (settings.Metrics.Address is { } address) options.Listen(address, settings.Metrics.Port);
        else options.ListenAnyIP(settings.Metrics.Port);
        _server = new KestrelServer(Options.Create(options), sockets, logs);
        try
        {
            await _server.StartAsync(new MetricsAnswers(services.GetServices<MetricSource>()), ct);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException)
        {
            _server.Dispose();
            _server = null;
            if (settings.Metrics.IsAsked)
                throw new StartupException($"The address {settings.Metrics} is already in use. Stop what listens there, or set LISTEN__METRICS to another one.");
            Log.Taken(logs.CreateLogger<MetricsListener>(), settings.Metrics.Port);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        _server.Dispose();
        _server = null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Port {Port} is taken: there are no metrics. Set LISTEN__METRICS to another address to have them.")]
        public static partial void Taken(ILogger log, int port);
    }
}
