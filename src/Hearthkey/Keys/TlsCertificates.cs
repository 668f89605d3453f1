using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Hearthkey.Hosting;
using Hearthkey.Storage;

namespace Hearthkey.Keys;

/// <summary>Gives the HTTPS listener the self-signed certificate; loaded at the first handshake, so that a start costs nothing for it.</summary>
internal sealed class TlsCertificates(Snapshots snapshots, Vault vault, TlsCertificate tls)
{
    private readonly ConcurrentDictionary<string, X509Certificate2> _loaded = new();

    public void Start() => tls.Use(_ =>
    {
        if (snapshots.Current.Get<KeyPairs>().FindManaged(KeysArea.SelfSignedManaged) is not { PrivateKey: not null } pair) return null;
        return _loaded.GetOrAdd(pair.CertificatePem, _ => Load(pair));
    });

    private X509Certificate2 Load(KeyPair pair)
    {
        using var pem = X509Certificate2.CreateFromPem(pair.CertificatePem, pair.OpenPrivateKey(vault)!);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
