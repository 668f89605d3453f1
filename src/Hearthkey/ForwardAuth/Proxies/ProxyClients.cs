using System.Globalization;
using System.Text;
using Hearthkey.Applications;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Jose;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>Each proxy provider is an OAuth client too: the outpost signs people in as one.</summary>
internal static class ProxyClients
{
    public static async ValueTask<IReadOnlyList<ProviderClient>> LoadAsync(IServiceProvider services, Db db, Snapshot snapshot)
    {
        var rows = await ProviderRows.WithMappingsAsync(db, await ProxyProviderRows.AllAsync(db, services.GetRequiredService<Vault>()));
        return [.. rows.Select(p => new ProviderClient(p, ToClient(p), OAuth2Providers.HashedUserId, HasGlobalIssuer: false) { FurtherHosts = Hosts(p) })];
    }

    /// <summary>Where answers to the outpost may be sent: its callback, and any path of the host by the flag alone.</summary>
    public static IEnumerable<string> RedirectUris(string externalHost) =>
        [OutpostPaths.RedirectUri(externalHost), $"{externalHost.TrimEnd('/')}?{OutpostPaths.CallbackFlag}=true"];

    // any port: the apps of a house stand on many
    private static IReadOnlyList<string> Hosts(ProxyProvider p)
    {
        var domain = CookieDomains.InForce(p).TrimStart('.');
        return domain.Length == 0 ? [] : [.. ((string[])["http", "https"]).SelectMany(scheme => ((string[])[domain, "*." + domain]).Select(host => $"{scheme}://{host}:*"))];
    }

    public static TimeSpan Life(ProxyProvider p) => Duration.Parse(p.AccessTokenValidity)
        ?? throw new InvalidOperationException($"The stored duration {p.AccessTokenValidity} cannot be read.");

    /// <summary>Signs what the application is told of people; published in the provider's key set. Null where that is switched off.</summary>
    public static SigningKey? StatementKey(ProxyProvider p) => p.IdentityJwt
        ? SigningKey.FromSecret(Encoding.UTF8.GetBytes(p.CookieSecret), string.Create(CultureInfo.InvariantCulture, $"identity statements of provider {p.Pk}"))
        : null;

    private static Client ToClient(ProxyProvider p) => new()
    {
        ClientId = p.ClientId,
        Name = p.Name,
        Issuer = "",
        Secret = p.ClientSecret,
        RedirectUris = [.. RedirectUris(p.ExternalHost).Select(url => new RedirectUri(MatchingMode.Strict, url))],
        GrantTypes = [GrantType.AuthorizationCode, GrantType.ClientCredentials],
        AccessTokenValidity = Life(p),
        StatementKeys = StatementKey(p) is { } key ? [key] : [],
        RequiresPkce = true,
    };
}
