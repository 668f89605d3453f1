namespace Hearthkey.Outpost.Proxying;

/// <summary>Where an application behind proxy mode listens.</summary>
/// <param name="Origin">Scheme, host and port, without a slash at the end.</param>
/// <param name="HostName">The host alone; IPv6 without brackets.</param>
/// <param name="IsCertificateChecked">Whether its certificate must be one that this machine trusts.</param>
internal sealed record Upstream(string Origin, string HostName, bool IsCertificateChecked)
{
    /// <summary>Null where the address is no http(s) URL. Its path is ignored: the browser's own is used.</summary>
    public static Upstream? Read(ProxyProvider provider) =>
        ForwardedUrl.TryParse(provider.InternalHost.Trim(), out var url)
            ? new(url.Origin(url.IsHttps), url.HostName.Trim("[]").ToString(), provider.IsUpstreamCertificateChecked)
            : null;
}
