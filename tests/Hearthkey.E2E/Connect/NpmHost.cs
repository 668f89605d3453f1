using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hearthkey.E2E.Connect;

/// <summary>A proxy host of the stand-in, with the fields of the published schema.</summary>
public sealed partial class NpmHost
{
    public required int Id { get; init; }

    public required string[] DomainNames { get; set; }

    public required int ForwardPort { get; init; }

    public string AdvancedConfig { get; set; } = "";

    public bool CachesAssets { get; init; }

    public bool BlocksExploits { get; init; }

    public bool AllowsWebSockets { get; init; }

    public int CertificateId { get; init; }

    public int AccessListId { get; init; }

    public bool IsEnabled { get; init; } = true;

    public string? NginxError { get; set; }

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["created_on"] = "2026-01-01T00:00:00.000Z",
        ["modified_on"] = "2026-01-01T00:00:00.000Z",
        ["owner_user_id"] = 1,
        ["domain_names"] = new JsonArray([.. DomainNames.Select(name => (JsonNode)name)]),
        ["forward_scheme"] = "http",
        ["forward_host"] = "127.0.0.1",
        ["forward_port"] = ForwardPort,
        ["access_list_id"] = AccessListId,
        ["certificate_id"] = CertificateId,
        ["ssl_forced"] = CertificateId > 0,
        ["hsts_enabled"] = false,
        ["hsts_subdomains"] = false,
        ["trust_forwarded_proto"] = false,
        ["http2_support"] = false,
        ["caching_enabled"] = CachesAssets,
        ["block_exploits"] = BlocksExploits,
        ["allow_websocket_upgrade"] = AllowsWebSockets,
        ["advanced_config"] = AdvancedConfig,
        ["enabled"] = IsEnabled,
        ["meta"] = new JsonObject { ["nginx_online"] = NginxError is null, ["nginx_err"] = NginxError },
        ["locations"] = new JsonArray(),
    };

    /// <summary>The server block: what its template puts before the Advanced text, the text, and its own "location /" unless the text has one.</summary>
    public string Render(int port, int tlsPort, string tls) => $$"""
        server {
          set $forward_scheme http;
          set $server "127.0.0.1";
          set $port {{ForwardPort}};
          listen {{port}};
          {{(CertificateId > 0 ? $"listen {tlsPort} ssl; {tls}" : "")}}
          server_name {{string.Join(' ', DomainNames)}};
          {{(CachesAssets ? "include assets.conf;" : "")}}
          {{(BlocksExploits ? "include exploits.conf;" : "")}}
          {{(AllowsWebSockets ? "proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $http_connection; proxy_http_version 1.1;" : "")}}
        {{AdvancedConfig}}
          {{(RootLocation().IsMatch(AdvancedConfig) ? "" : "location / { include proxy.conf; }")}}
        }
        """;

    [GeneratedRegex(@"(^|;)\s*location\s*/\s*\{", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex RootLocation();
}
