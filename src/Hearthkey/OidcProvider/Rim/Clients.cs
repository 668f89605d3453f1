using Hearthkey.Hosting;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>The engine's clients, from one snapshot.</summary>
internal sealed class Clients(Snapshot snapshot, Origin origin) : IClients
{
    public Client? Find(string clientId) => snapshot.Get<ProvidersPart>().Find(clientId)?.At(origin);
}
