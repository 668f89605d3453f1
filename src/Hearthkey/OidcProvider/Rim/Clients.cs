using Hearthkey.Hosting;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>The engine's clients, from the snapshot.</summary>
internal sealed class Clients(Snapshots snapshots, Origin origin) : IClients
{
    public Client? Find(string clientId) => snapshots.Current.Get<ProvidersPart>().Find(clientId)?.At(origin);
}
