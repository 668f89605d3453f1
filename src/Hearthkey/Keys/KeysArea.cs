using Hearthkey.Hosting;

namespace Hearthkey.Keys;

/// <summary>The master key, protection of secrets at rest, certificate key pairs and the signing keys in them.</summary>
public static class KeysArea
{
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddSingleton(s => MasterKey.Load(s.GetRequiredService<Settings>()));
        services.AddSingleton<Vault>();
    }
}
