using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Hosting;
using Hearthkey.Resources;

namespace Hearthkey.ForwardAuth.Embedded;

/// <summary>The settings of an outpost as authentik has them. Most are about how a standalone one is deployed, which is not built.</summary>
internal static class OutpostConfig
{
    /// <summary>Where the server is reached; that is the base URL here, so nothing else is taken.</summary>
    private static readonly string[] _addresses = ["authentik_host", "authentik_host_browser"];

    public static JsonElement Defaults { get; } = JsonElement.Parse("""
        {
          "authentik_host": "", "authentik_host_insecure": false, "authentik_host_browser": "", "log_level": "info",
          "object_naming_template": "ak-outpost-%(name)s", "refresh_interval": "minutes=5", "container_image": null,
          "docker_network": null, "docker_map_ports": true, "docker_labels": null,
          "kubernetes_replicas": 1, "kubernetes_namespace": "default", "kubernetes_ingress_annotations": {},
          "kubernetes_ingress_secret_name": "authentik-outpost-tls", "kubernetes_ingress_class_name": null,
          "kubernetes_ingress_path_type": null, "kubernetes_httproute_annotations": {}, "kubernetes_httproute_parent_refs": [],
          "kubernetes_service_type": "ClusterIP", "kubernetes_disabled_components": [], "kubernetes_image_pull_secrets": [],
          "kubernetes_json_patches": null
        }
        """);

    /// <summary>Reads the field; what was not sent keeps its value.</summary>
    public static JsonElement Read(FieldReader input, JsonElement current, string baseUrl)
    {
        var sent = input.Object("config", current);
        var result = JsonObject.Create(Defaults)!;
        foreach (var name in _addresses)
            if (current.TryGetProperty(name, out var kept)) result[name] = JsonNode.Parse(kept.GetRawText());
        foreach (var setting in sent.EnumerateObject())
        {
            if (!Defaults.TryGetProperty(setting.Name, out var expected)) input.Errors.Add("config", $"“{setting.Name}” is no setting of an outpost.");
            else if (IsBaseUrl(setting, baseUrl)) result[setting.Name] = JsonNode.Parse(setting.Value.GetRawText());
            else if (!JsonElement.DeepEquals(setting.Value, expected)) input.Errors.Add("config", Refusal(setting.Name, expected, baseUrl));
            else result[setting.Name] = JsonNode.Parse(expected.GetRawText());
        }
        return JsonElement.Parse(result.ToJsonString());
    }

    private static bool IsBaseUrl(JsonProperty setting, string baseUrl) =>
        _addresses.Contains(setting.Name) && setting.Value.ValueKind == JsonValueKind.String
        && Origin.TryParse(setting.Value.GetString(), out var origin) && origin.ToString() == baseUrl;

    private static string Refusal(string name, JsonElement expected, string baseUrl) => _addresses.Contains(name)
        ? $"“{name}” follows the base URL{(baseUrl.Length == 0 ? "" : " " + baseUrl)}: leave it blank and change the base URL in the settings."
        : $"“{name}” is not built yet; leave it at {expected.GetRawText()}.";
}
