using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>Takes down what is wrong with a certificate, and lets the connection go on.</summary>
internal sealed class CertificateNote
{
    /// <summary>Null where nothing is wrong.</summary>
    public string? Text { get; private set; }

    public bool Take(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        List<string> said = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)) said.Add(ForwardAuthStrings.CertificateMissing);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) said.Add(ForwardAuthStrings.CertificateName);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) said.Add(Chain(chain));
        Text = string.Join(' ', said.Distinct());
        return true;
    }

    private static string Chain(X509Chain? chain)
    {
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? ForwardAuthStrings.CertificateExpired : ForwardAuthStrings.CertificateUntrusted;
    }
}
