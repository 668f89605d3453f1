using Microsoft.AspNetCore.Http;
using YamlDotNet.RepresentationModel;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>What Envoy does by our text: names with <c>_</c> are refused, the first route that matches counts, <c>ext_authz</c> asks unless the route switches it off.</summary>
internal sealed class EnvoyText(YamlNode root, TextProxy proxy)
{
    private readonly YamlNode _manager = root["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"];

    public async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (_manager["common_http_protocol_options"]["headers_with_underscores_action"].ToString() == "REJECT_REQUEST" && request.Headers.Keys.Any(k => k.Contains('_', StringComparison.Ordinal)))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        var site = _manager["route_config"]["virtual_hosts"][0];
        ((YamlSequenceNode)site["domains"]).Select(d => d.ToString()).ShouldContain(request.Host.Host + ":*");
        var route = ((YamlSequenceNode)site["routes"]).Cast<YamlMappingNode>().First(r => Matches((YamlMappingNode)r["match"], request.Path));
        if (!IsOff(route) && !await MayPassAsync(context)) return;
        if (route.Children.TryGetValue("request_headers_to_add", out var added))
            foreach (var header in (YamlSequenceNode)added) request.Headers[header["header"]["key"].ToString()] = header["header"]["value"].ToString();
        await proxy.ForwardAsync(context, Cluster(route["route"]["cluster"].ToString()));
    }

    private static bool Matches(YamlMappingNode match, PathString path) =>
        match.Children.TryGetValue("path_separated_prefix", out var prefix) ? path.StartsWithSegments(prefix.ToString(), StringComparison.Ordinal) : match["prefix"].ToString() == "/";

    private static bool IsOff(YamlMappingNode route) =>
        route.Children.TryGetValue("typed_per_filter_config", out var filters) && filters["envoy.filters.http.ext_authz"]["disabled"].ToString() == "true";

    private async Task<bool> MayPassAsync(HttpContext context)
    {
        var request = context.Request;
        var service = _manager["http_filters"][0]["typed_config"]["http_service"];
        var allowed = service["authorization_request"]["allowed_headers"]["patterns"];
        // Authorization goes along in any case
        var sent = request.Headers.Where(h => IsIn(allowed, h.Key) || h.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)).Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()));
        var url = Cluster(service["server_uri"]["cluster"].ToString()) + service["path_prefix"] + TextProxy.TargetOf(context);
        using var answer = await proxy.AskAsync(context, new HttpMethod(request.Method), url, request.Host.Value!, sent);
        if (!answer.IsSuccessStatusCode)
        {
            var client = service["authorization_response"]["allowed_client_headers"]["patterns"];
            await TextProxy.RelayAsync(context, answer, name => IsIn(client, name) || name is "Location" or "WWW-Authenticate");
            return false;
        }
        var upstream = service["authorization_response"]["allowed_upstream_headers"]["patterns"];
        foreach (var header in answer.Headers.Where(h => IsIn(upstream, h.Key))) request.Headers[header.Key] = header.Value.ToArray();
        return true;
    }

    private string Cluster(string name)
    {
        var address = ((YamlSequenceNode)root["static_resources"]["clusters"]).Single(c => c["name"].ToString() == name)
            ["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]["address"]["socket_address"];
        return $"http://{address["address"]}:{address["port_value"]}";
    }

    private static bool IsIn(YamlNode patterns, string name) => ((YamlSequenceNode)patterns).Cast<YamlMappingNode>().Any(p =>
        p.Children.TryGetValue("exact", out var exact) ? name.Equals(exact.ToString(), StringComparison.OrdinalIgnoreCase) : name.StartsWith(p["prefix"].ToString(), StringComparison.OrdinalIgnoreCase));
}
