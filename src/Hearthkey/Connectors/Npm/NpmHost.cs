using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hearthkey.Connectors.Npm;

/// <summary>A proxy host as the API gives it, as far as it matters here.</summary>
internal sealed record NpmHost(
    long Id, IReadOnlyList<string> DomainNames, string ForwardScheme, string ForwardHost, long ForwardPort, long AccessListId, bool HasCertificate,
    bool IsEnabled, string AdvancedConfig, IReadOnlyList<(string Path, string Advanced)> Locations, string? NginxError)
{
    public string Target => string.Create(CultureInfo.InvariantCulture, $"{ForwardScheme}://{ForwardHost}:{ForwardPort}");

    /// <summary>Changes whenever something does that was looked at before the host is written.</summary>
    public string Print => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', [string.Join(' ', DomainNames), string.Create(CultureInfo.InvariantCulture, $"{AccessListId} {HasCertificate} {IsEnabled}"), AdvancedConfig, .. Locations.Select(l => l.Path + " " + l.Advanced)]))))[..32];

    /// <summary>Reads one; null where it is none. Older releases send numbers for flags.</summary>
    public static NpmHost? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || Number(json, "id") is not (> 0 and var id)) return null;
        if (!json.TryGetProperty("domain_names", out var names) || names.ValueKind != JsonValueKind.Array) return null;
        if (names.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.String)) return null;
        if (Text(json, "advanced_config") is not { } advanced) return null;
        return new(
            id, [.. names.EnumerateArray().Select(n => n.GetString()!)], Text(json, "forward_scheme") ?? "http", Text(json, "forward_host") ?? "",
            Number(json, "forward_port") ?? 0, Number(json, "access_list_id") ?? 0, Number(json, "certificate_id") is > 0, Flag(json, "enabled"), advanced,
            ReadLocations(json), json.TryGetProperty("meta", out var meta) && IsFalse(meta, "nginx_online") ? Text(meta, "nginx_err") ?? "" : null);
    }

    private static List<(string, string)> ReadLocations(JsonElement json) =>
        json.TryGetProperty("locations", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(l => l.ValueKind == JsonValueKind.Object).Select(l => (Text(l, "path") ?? "", Text(l, "advanced_config") ?? ""))]
            : [];

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static bool Flag(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.Number && value.GetDouble() != 0));

    private static bool IsFalse(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.False;
}
