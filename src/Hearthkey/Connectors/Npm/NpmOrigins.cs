using System.Globalization;
using Hearthkey.ForwardAuth;

namespace Hearthkey.Connectors.Npm;

/// <summary>The addresses under which people open a proxy host.</summary>
internal static class NpmOrigins
{
    /// <summary>As they are typed; a name with a star is no address of a host.</summary>
    public static IReadOnlyList<string> Of(NpmConnection connection, NpmHost host) => [.. host.DomainNames.Select(name => Of(connection, host, name))];

    /// <summary>The one in which hosts are compared; null for a name that is none.</summary>
    public static string? Normalize(string origin) => origin.Contains('*', StringComparison.Ordinal) ? null : ProtectedHosts.Normalize(origin);

    private static string Of(NpmConnection connection, NpmHost host, string name)
    {
        if (!host.HasCertificate && connection.IsTunnelled) return "https://" + name;
        var (scheme, port, usual) = host.HasCertificate ? ("https", connection.HttpsPort, 443) : ("http", connection.HttpPort, 80);
        return port == usual ? $"{scheme}://{name}" : string.Create(CultureInfo.InvariantCulture, $"{scheme}://{name}:{port}");
    }
}
