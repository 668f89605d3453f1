using Hearthkey.Applications;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>The clients of this area's own kind of provider.</summary>
internal static class OAuth2Clients
{
    public static async ValueTask<IReadOnlyList<ProviderClient>> LoadAsync(IServiceProvider services, Db db, Snapshot snapshot)
    {
        var keys = snapshot.Get<SigningKeys>();
        var rows = await ProviderRows.WithMappingsAsync(db, await OAuth2ProviderRows.AllAsync(db, services.GetRequiredService<Vault>()));
        return [.. rows.Select(p => new ProviderClient(p, ToClient(p, keys), p.SubMode, p.IssuerMode == OAuth2Providers.Global))];
    }

    /// <summary>Where an application leads that has no launch URL: the origin of the first redirect URI.</summary>
    public static string? LaunchUrl(Snapshot snapshot, long pk) =>
        snapshot.Get<ProvidersPart>().Find(pk) is { Fields.MetaModelName: OAuth2Providers.Kind } client
            && client.Provider.Client.RedirectUris.FirstOrDefault(u => u.Mode == MatchingMode.Strict && u.Type == RedirectUriType.Authorization) is { } first
            && Uri.TryCreate(first.Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? Origin.Of(new Uri(first.Url)).ToString()
                : null;

    private static Client ToClient(OAuth2Provider p, SigningKeys keys)
    {
        var isConfidential = p.ClientType == OAuth2Providers.Confidential;
        return new()
        {
            ClientId = p.ClientId,
            Name = p.Name,
            Issuer = "",
            IsConfidential = isConfidential,
            Secret = p.ClientSecret,
            RedirectUris = [.. p.RedirectUris.Select(u => u.ToRedirectUri())],
            GrantTypes = p.GrantTypes,
            SigningKey = p.SigningKey is { } key ? keys.Find(key) : null,
            CodeValidity = Life(p.AccessCodeValidity),
            AccessTokenValidity = Life(p.AccessTokenValidity),
            RefreshTokenValidity = Life(p.RefreshTokenValidity),
            RefreshTokenThreshold = Life(p.RefreshTokenThreshold),
            IncludeClaimsInIdToken = p.IncludeClaimsInIdToken,
            // a client that proves itself by a secret loses little with plain, and authentik's clients may send it
            AllowsPlainPkce = isConfidential,
        };
    }

    private static TimeSpan Life(string text) =>
        Duration.Parse(text) ?? throw new InvalidOperationException($"The stored duration {text} cannot be read.");
}
