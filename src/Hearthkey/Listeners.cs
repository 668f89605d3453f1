using System.Net;
using System.Net.Sockets;
using System.Text;
using Hearthkey.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hearthkey;

/// <summary>Where the server listens, and what it refuses before a request is one.</summary>
internal static class Listeners
{
    public static void Configure(WebApplicationBuilder builder, Settings settings)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 << 20;
            kestrel.Limits.MaxRequestLineSize = 32 << 10;
            kestrel.Limits.MaxRequestHeadersTotalSize = 64 << 10;
            // names of people are not all ASCII, and identity headers carry them
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            Listen(kestrel, settings.Http, null);
            if (IsFree(settings.Https)) Listen(kestrel, settings.Https, kestrel.ApplicationServices.GetRequiredService<TlsCertificate>());
        });
    }

    public static async Task StartAsync(WebApplication app, CancellationToken ct)
    {
        var settings = app.Services.GetRequiredService<Settings>();
        if (!IsFree(settings.Https) && !settings.Https.IsAsked)
            StartLog.HttpsTaken(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Hearthkey.Start"), settings.Https.Port);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException or SocketException)
        {
            throw new StartupException($"The address {Taken(settings)} is already in use. Stop what listens there, or set LISTEN__HTTP or LISTEN__HTTPS to another one.");
        }
        await app.Services.GetRequiredService<MetricsListener>().StartAsync(ct);
    }

    private static string Taken(Settings settings) => CanBind(settings.Http) ? settings.Https.ToString() : settings.Http.ToString();

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, TlsCertificate? tls)
    {
        void Use(ListenOptions options)
        {
            if (tls is not null) options.UseHttps(https => https.ServerCertificateSelector = (_, host) => tls.Find(host));
        }
        if (address.Address is null) kestrel.ListenAnyIP(address.Port, Use);
        else kestrel.Listen(address.Address, address.Port, Use);
    }

    // what was asked for by name is tried in any case, so that a taken port is told as an error
    private static bool IsFree(ListenAddress address) => address.IsAsked || CanBind(address);

    private static bool CanBind(ListenAddress address)
    {
        if (address.Port == 0) return true;
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address.Address ?? IPAddress.IPv6Any, address.Port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
