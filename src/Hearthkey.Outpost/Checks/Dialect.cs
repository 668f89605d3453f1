using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>
/// How one reverse proxy asks and wants to be answered. The decision itself is the same for all and lives in <see cref="CheckEndpoint"/>.
/// </summary>
internal sealed record Dialect
{
    /// <summary>All that are spoken; the first that recognises a request answers it. Envoy is first: what it asks stands behind its path.</summary>
    public static Dialect[] All { get; } =
    [
        EnvoyDialect.Create(), HaproxyDialect.Create(), NginxDialect.Create(), TraefikDialect.Create(), CaddyDialect.Create(), ApacheDialect.Create(),
    ];

    /// <summary>True for a check of this proxy.</summary>
    public required Func<HttpRequest, string, bool> IsSpoken { get; init; }

    /// <summary>Takes the URL from what this proxy sends.</summary>
    public required DialectReader Read { get; init; }

    /// <summary>Finds the method that the application will be asked by; null where this proxy did not say.</summary>
    public Func<HttpRequest, string?> MethodOf { get; init; } = OriginalMethod.Read;

    /// <summary>
    /// True where every answer but a 2xx reaches the browser as it is: then the check itself starts a login, ends one and shows pages. False
    /// where the proxy passes on no more than 401.
    /// </summary>
    public bool RelaysAnswers { get; init; }

    /// <summary>What an operator of this proxy is told to write.</summary>
    public required Advice Advice { get; init; }

    /// <summary>The dialect of a request, or null where it is no check.</summary>
    public static Dialect? Of(HttpRequest request, string path)
    {
        foreach (var dialect in All)
        {
            if (dialect.IsSpoken(request, path))
                return dialect;
        }
        return null;
    }
}

/// <summary>Reads the URL that was asked; null when all is well, else what is wrong.</summary>
internal delegate OutpostFinding? DialectReader(HttpRequest request, OutpostConfiguration configuration, out ForwardedUrl url);
