using Hearthkey.Hosting;
using Hearthkey.Storage;

namespace Hearthkey.Keys;

/// <summary>The master key, protection of secrets at rest, certificate key pairs and the signing keys in them.</summary>
public static class KeysArea
{
    /// <summary>Name of the certificate that comes along, as authentik's.</summary>
    public const string SelfSignedName = "authentik Self-signed Certificate";

    /// <summary>Its managed name, as authentik's.</summary>
    public const string SelfSignedManaged = "goauthentik.io/crypto/jwt-managed";

    private const int SelfSignedDays = 365 * 10;

    public static void AddKeys(this IServiceCollection services)
    {
        services.AddSingleton(s => MasterKey.Load(s.GetRequiredService<Settings>()));
        services.AddSingleton<Vault>();
        services.AddSingleton<TlsCertificates>();
        services.AddSnapshotPart<KeyPairs>([KeyPairs.Kind], (_, db, _) => KeyPairs.LoadAsync(db));
    }

    /// <summary>Hands the certificate to the HTTPS listener.</summary>
    public static void StartKeys(this IServiceProvider services) => services.GetRequiredService<TlsCertificates>().Start();

    /// <summary>The certificate of the first start: RSA-2048, because RS256 is what every client knows (OIDC Core §15.1).</summary>
    public static async ValueTask AddSelfSignedAsync(IServiceProvider services, Db db)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var pair = KeyPairGenerator.Generate(
            services.GetRequiredService<Vault>(), SelfSignedName, SelfSignedName, ["*"], SelfSignedDays, "rsa", now, SelfSignedManaged);
        await KeyPairs.InsertAsync(db, pair, now);
    }
}
