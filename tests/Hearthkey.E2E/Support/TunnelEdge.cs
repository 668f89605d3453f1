namespace Hearthkey.E2E.Support;

/// <summary>
/// An edge as a tunnel has it: it ends TLS at a public address and speaks plain http to the proxy in the house, with the headers
/// that Cloudflare documents (<c>CF-Connecting-IP</c>, <c>CF-Visitor</c>, a chained <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>).
/// Whoever comes by plain http is sent to https: the proxy in the house knows only http, so its own redirects lead there.
/// </summary>
public static class TunnelEdge
{
    /// <summary>The visitor's address that the edge reports (a documentation address, RFC 5737).</summary>
    public const string Visitor = "203.0.113.7";

    /// <param name="port">Where it listens with TLS.</param>
    /// <param name="plain">Where it listens without TLS.</param>
    /// <param name="inner">The plain http port of the proxy in the house.</param>
    /// <param name="certificate">For the public names.</param>
    public static Task<NginxProcess> StartAsync(int port, int plain, int inner, TestCertificate certificate) => NginxProcess.StartAsync($$"""
          map $http_x_forwarded_for $chain {
            "" "{{Visitor}}";
            default "$http_x_forwarded_for, {{Visitor}}";
          }
          server {
            listen 127.0.0.1:{{plain}};
            return 301 https://$host$request_uri;
          }
          server {
            listen 127.0.0.1:{{port}} ssl;
            ssl_certificate {{certificate.ChainPath}};
            ssl_certificate_key {{certificate.KeyPath}};
            client_max_body_size 100m;
            location / {
              proxy_pass http://127.0.0.1:{{inner}};
              proxy_http_version 1.1;
              proxy_set_header Host $http_host;
              proxy_set_header CF-Connecting-IP {{Visitor}};
              proxy_set_header CF-Ray 8f00000000000000-FRA;
              proxy_set_header CF-Visitor '{"scheme":"https"}';
              proxy_set_header CDN-Loop "cloudflare; loops=1";
              proxy_set_header X-Forwarded-For $chain;
              proxy_set_header X-Forwarded-Proto https;
            }
          }
        """, port, plain);
}
