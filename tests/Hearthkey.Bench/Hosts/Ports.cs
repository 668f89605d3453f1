using System.Globalization;
using Microsoft.AspNetCore.Builder;

namespace Hearthkey.Bench.Hosts;

internal static class Ports
{
    /// <summary>The port that a host chose for plain http, as text.</summary>
    public static string Of(WebApplication app) =>
        new Uri(app.Urls.First(u => u.StartsWith("http:", StringComparison.Ordinal))).Port.ToString(CultureInfo.InvariantCulture);
}
