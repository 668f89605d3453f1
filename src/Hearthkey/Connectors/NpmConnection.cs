namespace Hearthkey.Connectors;

/// <summary>An Nginx Proxy Manager that we write into.</summary>
/// <param name="Address">Its admin address, such as <c>http://npm.home.example:81</c>.</param>
/// <param name="Identity">The e-mail address that was used to log in; its password is not kept.</param>
/// <param name="ServerUrl">Where it reaches this server.</param>
/// <param name="HttpPort">The port under which the world reaches its plain http; 80.</param>
/// <param name="HttpsPort">The same for https; 443.</param>
/// <param name="IsTunnelled">People use https although it has no certificate: something before it ends TLS.</param>
public sealed record NpmConnection(
    Guid Uuid, string Address, string Identity, string ServerUrl, int HttpPort, int HttpsPort, bool IsTunnelled, DateTimeOffset CreatedAt)
{
    /// <summary>What was got for the password; runs out after a day, as it is issued there.</summary>
    internal string? Token { get; init; }

    internal DateTimeOffset? TokenExpiresAt { get; init; }
}
