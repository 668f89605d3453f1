using System.Globalization;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Guide;

/// <summary>Texts for nginx, as a how-to or our own page has them, with the ports of this house.</summary>
public static class NginxText
{
    private static readonly Lazy<string> _guide = new(() => File.ReadAllText(Path.Combine(Repository.Root, "tests", "Hearthkey.E2E", "Guide", "guide.nginx")));

    /// <summary>The guide's text, byte for byte but for ports.</summary>
    public static string Guide(GuideHouse house, string app) => Guide(house, house.Apps[app].Port);

    public static string Guide(GuideHouse house, int appPort) => Guide(house.Server.HttpPort, appPort);

    public static string Guide(int serverPort, int appPort) => _guide.Value
        .Replace("127.0.0.1:9000", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{serverPort}"), StringComparison.Ordinal)
        .Replace("127.0.0.1:APP", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{appPort}"), StringComparison.Ordinal);

    /// <summary>What stands before the login host: everything goes to the server.</summary>
    public static string ToServer(int port) => $$"""
        location / {
          proxy_pass http://127.0.0.1:{{port}};
          proxy_set_header Host $http_host;
          proxy_set_header X-Real-IP $remote_addr;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_set_header X-Forwarded-Proto $scheme;
        }
        """;
}
