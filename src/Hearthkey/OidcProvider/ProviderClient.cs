using Hearthkey.Applications;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider;

/// <summary>A provider that is an OAuth client, as the area that owns its kind has it.</summary>
/// <param name="Fields">What all providers have, with their mappings.</param>
/// <param name="Client">What the engine needs. Name, issuer and scopes are filled in from the application and the mappings.</param>
/// <param name="SubMode">One of the modes of <c>sub_mode</c>.</param>
/// <param name="HasGlobalIssuer">The issuer is the base URL instead of the application's address.</param>
public sealed record ProviderClient(Provider Fields, Client Client, string SubMode, bool HasGlobalIssuer)
{
    /// <summary>Hosts to which a sign-in leads on from the redirect URIs, as sources of <c>form-action</c>: those that one login opens at domain level.</summary>
    public IReadOnlyList<string> FurtherHosts { get; init; } = [];
}

/// <summary>Brings clients into the snapshot; an area below that has providers of its own registers one.</summary>
/// <param name="LoadAsync">Reads them from the state of the database that the snapshot is made of.</param>
public sealed record ClientSource(Func<IServiceProvider, Db, Snapshot, ValueTask<IReadOnlyList<ProviderClient>>> LoadAsync);
