using Hearthkey.Oidc;

namespace Hearthkey.Tests.Oidc.Support;

internal sealed class MemoryClients : IClients
{
    private readonly Dictionary<string, Client> _clients = [];

    public Client? Find(string clientId) => _clients.GetValueOrDefault(clientId);

    public void Set(Client client) => _clients[client.ClientId] = client;
}
