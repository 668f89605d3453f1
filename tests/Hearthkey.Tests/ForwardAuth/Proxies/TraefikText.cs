using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using YamlDotNet.RepresentationModel;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>What Traefik does by a file of its file provider: the longest rule that matches, its middlewares in their order, then the service.</summary>
internal sealed partial class TraefikText(YamlNode http, TextProxy proxy)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var router = ((YamlMappingNode)http["routers"]).Children.Values.OrderByDescending(r => r["rule"].ToString().Length).FirstOrDefault(r => Matches(r["rule"].ToString(), context.Request));
        if (router is null)
        {
            await TextProxy.NotFoundAsync(context);
            return;
        }
        foreach (var name in (YamlSequenceNode)router["middlewares"])
        {
            var middleware = (YamlMappingNode)http["middlewares"][name];
            if (middleware.Children.TryGetValue("headers", out var headers)) Change(context.Request.Headers, (YamlMappingNode)headers["customRequestHeaders"]);
            if (middleware.Children.TryGetValue("forwardAuth", out var auth) && !await MayPassAsync(context, auth)) return;
        }
        await proxy.ForwardAsync(context, http["services"][router["service"]]["loadBalancer"]["servers"][0]["url"].ToString());
    }

    private static bool Matches(string rule, HttpRequest request) => Host().Match(rule).Groups[1].Value.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (PathPrefix().Match(rule) is not { Success: true } prefix || request.Path.Value!.StartsWith(prefix.Groups[1].Value, StringComparison.Ordinal));

    // a blank value takes the header out
    private static void Change(IHeaderDictionary headers, YamlMappingNode changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value.ToString() is { Length: > 0 } text) headers[name.ToString()] = text;
            else headers.Remove(name.ToString());
        }
    }

    private async Task<bool> MayPassAsync(HttpContext context, YamlNode auth)
    {
        var request = context.Request;
        var address = new Uri(auth["address"].ToString());
        var sent = request.Headers.Where(h => !h.Key.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)).Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()))
            .Concat([new("X-Forwarded-Method", request.Method), new("X-Forwarded-Proto", "http"), new("X-Forwarded-Host", request.Host.Value!), new("X-Forwarded-Uri", TextProxy.TargetOf(context)), new("X-Forwarded-For", "127.0.0.1")]);
        using var answer = await proxy.AskAsync(context, HttpMethod.Get, address.ToString(), address.Authority, sent);
        if (!answer.IsSuccessStatusCode)
        {
            await TextProxy.RelayAsync(context, answer, _ => true);
            return false;
        }
        foreach (var name in ((YamlSequenceNode)auth["authResponseHeaders"]).Select(n => n.ToString()))
        {
            request.Headers.Remove(name);
            if (answer.Headers.TryGetValues(name, out var values)) request.Headers[name] = values.ToArray();
        }
        return true;
    }

    [GeneratedRegex(@"Host\(`([^`]+)`\)")]
    private static partial Regex Host();

    [GeneratedRegex(@"PathPrefix\(`([^`]+)`\)")]
    private static partial Regex PathPrefix();
}
