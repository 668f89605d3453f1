namespace Hearthkey.Oidc;

/// <summary>Port: the registered clients, answered from memory.</summary>
public interface IClients
{
    /// <summary>The client with exactly this id (compared byte for byte), or null.</summary>
    Client? Find(string clientId);
}
