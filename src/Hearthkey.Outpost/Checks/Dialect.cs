using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Checks;

/// <summary>
/// How one family of reverse proxies asks and wants to be answered. The decision itself is the same for all and lives in
/// <see cref="CheckEndpoint"/>.
/// </summary>
/// <param name="Paths">The paths it is reached by.</param>
/// <param name="Read">Takes the URL from the headers that this family sends.</param>
/// <param name="AnswerAnonymousAsync">Answers where a login is needed.</param>
internal sealed record Dialect(string[] Paths, DialectReader Read, Func<HttpContext, Task> AnswerAnonymousAsync)
{
    /// <summary>All that are spoken.</summary>
    public static Dialect[] All { get; } = [NginxDialect.Create()];
}

/// <summary>Reads the URL that was asked; null when all is well, else what is wrong.</summary>
internal delegate OutpostFinding? DialectReader(HttpRequest request, out ForwardedUrl url);
