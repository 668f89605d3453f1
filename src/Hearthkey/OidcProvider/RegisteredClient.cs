using System.Collections.Frozen;
using Hearthkey.Applications;
using Hearthkey.Hosting;
using Hearthkey.Mappings;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Metadata;

namespace Hearthkey.OidcProvider;

/// <summary>A client with all that decides about it. Immutable; what depends on our origin is made on first use and kept.</summary>
public sealed class RegisteredClient
{
    private volatile AtOrigin? _last;

    internal RegisteredClient(ProviderClient provider, Application? application, IReadOnlyList<ScopeMapping> mappings)
    {
        Provider = provider;
        Application = application;
        Mappings = mappings;
        Origins = provider.Client.RedirectUris
            .Where(u => u.Mode == MatchingMode.Strict && Uri.TryCreate(u.Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            .Select(u => Origin.Of(new Uri(u.Url)).ToString())
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public ProviderClient Provider { get; }

    public Provider Fields => Provider.Fields;

    public string ClientId => Provider.Client.ClientId;

    /// <summary>Null where the provider belongs to none: then nobody can use it.</summary>
    public Application? Application { get; }

    /// <summary>In the order in which they are evaluated.</summary>
    public IReadOnlyList<ScopeMapping> Mappings { get; }

    /// <summary>Web origins whose scripts may read answers.</summary>
    internal FrozenSet<string> Origins { get; }

    /// <summary>The client as the engine wants it, with the issuer that it has at this origin of ours.</summary>
    public Client At(Origin origin) => Made(origin).Client;

    internal byte[] Discovery(Origin origin) => Made(origin).Discovery.Value;

    internal byte[] Jwks(Origin origin) => Made(origin).Jwks.Value;

    private AtOrigin Made(Origin origin)
    {
        if (_last is { } last && last.Origin == origin) return last;
        return _last = Make(origin);
    }

    private AtOrigin Make(Origin origin)
    {
        var urls = new OidcUrls(origin, Application?.Slug);
        var client = Provider.Client with
        {
            Name = Application?.Name ?? Fields.Name,
            Issuer = Provider.HasGlobalIssuer ? urls.Root : urls.ProviderRoot,
            Scopes = [.. Mappings.Select(m => m.ScopeName).Distinct(StringComparer.Ordinal)],
        };
        var endpoints = new EndpointUrls
        {
            Authorization = urls.Authorize,
            Token = urls.Token,
            UserInfo = urls.UserInfo,
            Introspection = urls.Introspection,
            Jwks = urls.Jwks,
            EndSession = urls.EndSession,
        };
        return new(origin, client, new(() => DiscoveryDocument.Write(client, endpoints, Claims.Names(Mappings))), new(() => JwksDocument.Write(client)));
    }

    private sealed record AtOrigin(Origin Origin, Client Client, Lazy<byte[]> Discovery, Lazy<byte[]> Jwks);
}
