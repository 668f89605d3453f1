using System.Collections.Frozen;
using System.Text;
using Hearthkey.Applications;
using Hearthkey.Brands;
using Hearthkey.ForwardAuth.Proxies;
using Hearthkey.ForwardAuth.Reporting;
using Hearthkey.Hosting;
using Hearthkey.Oidc.Jose;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Storage;
using LiveProvider = Hearthkey.Outpost.ProxyProvider;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>
/// Part of the snapshot: the outpost's configuration. Made anew whenever something changes that decides who passes or what headers say; with
/// it every identity is worked out again.
/// </summary>
internal sealed class ForwardAuthPart
{
    private readonly FrozenDictionary<long, ServedProvider> _byPk;

    private ForwardAuthPart(IReadOnlyList<ServedProvider> providers, IReadOnlyList<Origin> origins)
    {
        Base = origins is [var first, ..] ? first : null;
        Configuration = new(providers.Select(p => p.Live), origins.Select(o => o.ToString()));
        var unusable = Configuration.Unusable.Select(p => p.Pk).ToHashSet();
        _byPk = providers.ToFrozenDictionary(p => p.Row.Pk, p => p with { IsUsable = !unusable.Contains(p.Live.Pk) });
    }

    /// <summary>The base URL; null as long as there is none, and then nothing is served.</summary>
    public Origin? Base { get; }

    public OutpostConfiguration Configuration { get; }

    public ServedProvider? Find(long pk) => _byPk.GetValueOrDefault(pk);

    public static ForwardAuthPart Load(Snapshot snapshot)
    {
        var origins = snapshot.OwnOrigins();
        var table = snapshot.Get<ProxyTable>();
        return new([.. table.All.Select(row => Serve(snapshot, table, row, origins is [var first, ..] ? first : null))], origins);
    }

    private static ServedProvider Serve(Snapshot snapshot, ProxyTable table, ProxyProvider row, Origin? origin)
    {
        var application = snapshot.Get<ApplicationsPart>().ByProvider(row.Pk);
        var isInOutpost = table.Served.Contains(row.Pk);
        var mappings = snapshot.Get<ProvidersPart>().Find(row.Pk)?.Mappings ?? [];
        var urls = OidcCore.Urls(origin ?? new Origin("http", "localhost"), application?.Slug);
        return new(row, application, isInOutpost, new LiveProvider
        {
            Pk = int.CreateChecked(row.Pk),
            Name = row.Name,
            ClientId = row.ClientId,
            Mode = row.Mode switch
            {
                ProxyProviders.Domain => ProxyMode.ForwardDomain,
                ProxyProviders.Proxying => ProxyMode.Proxy,
                _ => ProxyMode.ForwardSingle,
            },
            InternalHost = row.InternalHost ?? "",
            IsUpstreamCertificateChecked = row.InternalHostSslValidation,
            ExternalHost = row.ExternalHost,
            CookieDomain = CookieDomains.InForce(row),
            SkipPaths = SkipRules.Parse(row.SkipPathRegex),
            HostRules = [.. table.Hosts[row.Pk].Select(host => new HostRule(host.Host, host.Open, SkipRules.Parse(host.SkipPathRegex)))],
            ApplicationSlug = application?.Slug ?? "",
            ApplicationName = application?.Name ?? "",
            OutpostName = table.OutpostName,
            AuthorizeUrl = urls.Authorize,
            EndSessionUrl = urls.EndSession,
            JwksUrl = urls.Jwks,
            Scope = string.Join(' ', mappings.Select(m => m.ScopeName).Prepend(Oidc.Scope.OpenId).Distinct(StringComparer.Ordinal)),
            AccessTokenValidity = ProxyClients.Life(row),
            CookieKey = Encoding.UTF8.GetBytes(row.CookieSecret),
            HeaderNames = HeaderFields.Names(row),
            InjectsAuthorization = row.BasicAuthEnabled,
            InterceptsAuthorization = row.InterceptHeaderAuth,
            IsAssignedToOutpost = isInOutpost && application is not null && origin is not null,
        });
    }
}

/// <summary>A provider as the outpost has it, and why it is not served where it is not.</summary>
internal sealed record ServedProvider(ProxyProvider Row, Application? Application, bool IsInOutpost, LiveProvider Live)
{
    /// <summary>Signs <c>X-authentik-jwt</c>; null where that is switched off.</summary>
    public SigningKey? StatementKey { get; } = ProxyClients.StatementKey(Row);

    /// <summary>False where its host cannot be used or another one has it.</summary>
    public bool IsUsable { get; init; } = true;

    /// <summary>Why it cannot be served, and what to change; null where nothing is in the way.</summary>
    public Finding? Obstacle(Origin? baseUrl)
    {
        if (baseUrl is null) return FindingTexts.NotServed(ForwardAuthStrings.NoBaseUrl, ForwardAuthStrings.NoBaseUrlChange);
        if (Application is null) return FindingTexts.NotServed(ForwardAuthStrings.NoApplication, ForwardAuthStrings.NoApplicationChange);
        if (!IsInOutpost) return FindingTexts.NotServed(ForwardAuthStrings.NoOutpost, ForwardAuthStrings.NoOutpostChange);
        return IsUsable ? null : FindingTexts.NotServed(ForwardAuthStrings.Unusable, ForwardAuthStrings.UnusableChange);
    }
}
