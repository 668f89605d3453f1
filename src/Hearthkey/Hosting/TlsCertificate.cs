using System.Security.Cryptography.X509Certificates;

namespace Hearthkey.Hosting;

/// <summary>The certificate of the HTTPS listener; the area that knows certificates sets it and replaces it when it changes.</summary>
public sealed class TlsCertificate
{
    private volatile Func<string?, X509Certificate2?> _find = _ => null;

    /// <summary>The certificate for a host named by the client (SNI), or null: then the handshake ends.</summary>
    public X509Certificate2? Find(string? host) => _find(host);

    public void Use(Func<string?, X509Certificate2?> find) => _find = find;
}
