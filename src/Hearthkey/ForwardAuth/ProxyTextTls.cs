using System.Globalization;

namespace Hearthkey.ForwardAuth;

/// <summary>The lines of texts for proxies that have to say how an https address is spoken to; blank for plain http. Its certificate must be one that the machine trusts.</summary>
internal static class ProxyTextTls
{
    /// <summary>Where Debian and its kin keep the authorities that a machine trusts.</summary>
    private const string Authorities = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Values by their places.</summary>
    public static IEnumerable<(string Place, string Value)> Of(Uri server, Uri app)
    {
        yield return ("server_tls", Haproxy(server));
        yield return ("app_tls", Haproxy(app));
        yield return ("server_tls_envoy", Envoy(server));
        yield return ("app_tls_envoy", Envoy(app));
        yield return ("tls_apache", IsTls(server) || IsTls(app) ? "\n# https behind Apache: a2enmod ssl\nSSLProxyEngine on\nSSLProxyVerify require\nSSLProxyCACertificateFile " + Authorities : "");
        yield return ("lua_sec", IsTls(server) ? "    and    apt-get install lua-sec" : "");
        yield return ("tls_nginx", IsTls(server) || IsTls(app) ? "\nproxy_ssl_server_name on;" : "");
    }

    private static string Haproxy(Uri url) => IsTls(url) ? $" ssl verify required ca-file {Authorities} sni str({url.IdnHost})" : "";

    private static string Envoy(Uri url) => IsTls(url)
        ? string.Create(CultureInfo.InvariantCulture, $$"""

                  transport_socket:
                    name: envoy.transport_sockets.tls
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
                      sni: "{{url.IdnHost}}"
                      common_tls_context:
                        validation_context:
                          trusted_ca: { filename: {{Authorities}} }
                          match_typed_subject_alt_names: [{ san_type: DNS, matcher: { exact: "{{url.IdnHost}}" } }]
            """)
        : "";

    private static bool IsTls(Uri url) => url.Scheme == Uri.UriSchemeHttps;
}
