using Hearthkey.Hosting;

namespace Hearthkey.Cli;

/// <summary>The address that printed links begin with.</summary>
internal static class OwnAddress
{
    /// <summary>The base URL; as long as there is none, the listener's own address.</summary>
    public static string Of(IServiceProvider services)
    {
        if (services.GetRequiredService<Origins>().Base is { } own) return own.ToString();
        var http = services.GetRequiredService<Settings>().Http;
        return $"http://{http.Address?.ToString() ?? "localhost"}:{http.Port}";
    }
}
