using System.Net;
using Hearthkey.ForwardAuth;
using YamlDotNet.RepresentationModel;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>
/// The texts for Traefik, ingress-nginx and Envoy, which do not run here: they are read as those read them, every name in them leads to
/// something, and the requests that they cause are sent to the address that they name.
/// </summary>
public sealed class YamlTextTests
{
    private const string Host = "http://wiki.home.test";

    [Theory]
    [InlineData("traefik-compose")]
    [InlineData("traefik-file")]
    [InlineData("traefik-crd")]
    public async Task Traefik_asks_the_address_of_its_text_and_hands_on_twelve_headers(string key)
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var documents = await ReadAsync(site, key);

        var address = new Uri(key switch
        {
            "traefik-compose" => Text(documents[0], "services", "hearthkey", "labels", "traefik.http.middlewares.hearthkey.forwardauth.address"),
            "traefik-file" => Text(documents[0], "http", "middlewares", "hearthkey", "forwardAuth", "address"),
            _ => Text(documents[0], "spec", "forwardAuth", "address"),
        });
        var headers = key switch
        {
            "traefik-compose" => Text(documents[0], "services", "hearthkey", "labels", "traefik.http.middlewares.hearthkey.forwardauth.authResponseHeaders").Split(','),
            "traefik-file" => Texts(documents[0], "http", "middlewares", "hearthkey", "forwardAuth", "authResponseHeaders"),
            _ => Texts(documents[0], "spec", "forwardAuth", "authResponseHeaders"),
        };

        using var stranger = await AskAsync(site, address, "/page");
        using var open = await AskAsync(site, address, "/health");
        stranger.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        stranger.Headers.Location!.OriginalString.ShouldStartWith("http://id.test/application/o/authorize/?");
        open.Headers.Select(h => h.Key.ToLowerInvariant()).Where(h => h.StartsWith("x-authentik-", StringComparison.Ordinal)).Order()
            .ShouldBe(headers.Select(h => h.ToLowerInvariant()).Order());
    }

    [Theory]
    [InlineData("traefik-compose")]
    [InlineData("traefik-file")]
    [InlineData("traefik-crd")]
    public void Every_spelling_with_underscores_is_taken_out(string key)
    {
        var provider = new ProxyProvider { Name = "wiki", ExternalHost = Host, IdentityHeaders = "custom", HeaderUsername = "X-Wiki-User", HeaderGroups = "Groups" };
        var stream = new YamlStream();
        stream.Load(new StringReader(ProxyTexts.All(provider, "http://127.0.0.1:9000").Single(t => t.Key == key).Text));
        var keys = stream.Documents.SelectMany(d => d.RootNode.AllNodes).OfType<YamlMappingNode>().SelectMany(m => m.Children).Where(c => c.Value is YamlScalarNode { Value: "" })
            .Select(c => c.Key.ToString().Split('.')[^1]).ToList();

        // every one that has "_" in place of at least one hyphen
        string[] names = ["username", "groups", "entitlements", "email", "name", "uid", "jwt", "meta-jwks", "meta-outpost", "meta-provider", "meta-app", "meta-version"];
        var expected = names.Select(n => "X-authentik-" + n).Append("X-Wiki-User").SelectMany(name =>
        {
            var hyphens = Enumerable.Range(0, name.Length).Where(i => name[i] == '-').ToList();
            return Enumerable.Range(1, (1 << hyphens.Count) - 1).Select(mask => string.Concat(name.Select((c, i) => c == '-' && (mask >> hyphens.IndexOf(i) & 1) == 1 ? '_' : c)));
        });
        keys.Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_name_in_Traefiks_file_leads_to_something()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var http = (await ReadAsync(site, "traefik-file"))[0]["http"];

        foreach (var (name, router) in (YamlMappingNode)http["routers"])
        {
            Has(http["services"], router["service"]).ShouldBeTrue(name.ToString());
            if (Has(router, "middlewares"))
                ((YamlSequenceNode)router["middlewares"]).ShouldAllBe(m => Has(http["middlewares"], m));
        }
        Text(http, "routers", "app-wiki", "rule").ShouldBe("Host(`wiki.home.test`)");
        ((YamlSequenceNode)http["routers"]["app-wiki"]["middlewares"]).Select(m => m.ToString()).ShouldBe(["hearthkey-names", "hearthkey"]);
        ((YamlMappingNode)http["middlewares"]["hearthkey-names"]["headers"]["customRequestHeaders"]).ShouldAllBe(h => h.Value.ToString().Length == 0);
    }

    [Fact]
    public async Task Every_name_in_Traefiks_resources_leads_to_something()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var documents = await ReadAsync(site, "traefik-crd");

        var middlewares = documents.Where(d => Text(d, "kind") == "Middleware").Select(d => Text(d, "metadata", "name")).ToList();
        var routes = (YamlSequenceNode)documents.Single(d => Text(d, "kind") == "IngressRoute")["spec"]["routes"];
        routes.Where(r => Has(r, "middlewares")).SelectMany(r => (YamlSequenceNode)r["middlewares"]).ShouldAllBe(m => middlewares.Contains(Text(m, "name")));
        routes.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Ingress_nginx_asks_with_an_original_url_and_leads_people_to_the_login_of_this_host()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var documents = await ReadAsync(site, "ingress-nginx");
        var address = new Uri(Text(documents[0], "metadata", "annotations", "nginx.ingress.kubernetes.io/auth-url"));
        var signIn = Text(documents[0], "metadata", "annotations", "nginx.ingress.kubernetes.io/auth-signin");

        using var check = await site.SendAsync(address.AbsolutePath, address.Authority, $"X-Original-URL: {Host}/page?x=1", "X-Original-Method: GET", "X-Sent-From: nginx-ingress-controller");
        // nginx puts the encoded address in, scheme and host are written in the text
        using var start = await site.SendAsync(new Uri(signIn.Replace("$escaped_request_uri", "%2Fpage%3Fx%3D1", StringComparison.Ordinal)).PathAndQuery, "wiki.home.test");

        check.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        start.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Text(documents[1]["spec"]["rules"][0], "http", "paths", "0", "path").ShouldBe("/outpost\\.goauthentik\\.io/(start|callback|sign_in|sign_out|ping)$");
        documents.ShouldAllBe(d => Text(d, "spec", "rules", "0", "host") == "wiki.home.test");
    }

    [Fact]
    public async Task Envoy_asks_below_its_prefix_with_the_headers_that_its_text_lists()
    {
        await using var site = await ForwardAuthSite.StartAsync();
        var resources = (await ReadAsync(site, "envoy"))[0]["static_resources"];
        var manager = resources["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"];
        var authz = manager["http_filters"][0]["typed_config"]["http_service"];
        var clusters = ((YamlSequenceNode)resources["clusters"]).Select(c => Text(c, "name")).ToList();
        var sent = ((YamlSequenceNode)authz["authorization_request"]["allowed_headers"]["patterns"]).Select(p => ((YamlMappingNode)p).Children.Single().Value.ToString()).ToList();

        using var stranger = await site.SendAsync(Text(authz, "path_prefix") + "/page?x=1", "wiki.home.test", "X-Forwarded-Proto: http");
        using var open = await site.SendAsync(Text(authz, "path_prefix") + "/health", "wiki.home.test", "X-Forwarded-Proto: http");

        stranger.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        open.StatusCode.ShouldBe(HttpStatusCode.OK);
        sent.ShouldBeSubsetOf(["cookie", "authorization", "accept", "user-agent", "x-forwarded-proto", "x-forwarded-for", "x-requested-with", "sec-fetch-", "sec-websocket-key"]);
        sent.ShouldContain("cookie");
        sent.ShouldContain("x-forwarded-for", "those who guess passwords are told apart by it");
        Text(manager["http_filters"][0]["typed_config"], "failure_mode_allow").ShouldBe("false");
        Text(manager, "use_remote_address").ShouldBe("true", "what a visitor says of where they come from does not count");
        clusters.ShouldContain(Text(authz, "server_uri", "cluster"));
        var routes = (YamlSequenceNode)manager["route_config"]["virtual_hosts"][0]["routes"];
        routes.ShouldAllBe(r => clusters.Contains(Text(r, "route", "cluster")));
    }

    private static async Task<List<YamlNode>> ReadAsync(ForwardAuthSite site, string key)
    {
        var made = await site.ProtectAsync("wiki", Host, body => body["skip_path_regex"] = "^/health");
        var provider = new ProxyProvider { Name = "wiki", ExternalHost = Host, AssignedApplicationSlug = "wiki", Pk = made.Pk };
        var text = ProxyTexts.All(provider, site.Server.Address.ToString()).Single(t => t.Key == key).Text;
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(d => d.RootNode)];
    }

    // as Traefik's forwardAuth does without trustForwardHeader
    private static Task<HttpResponseMessage> AskAsync(ForwardAuthSite site, Uri address, string path) => site.SendAsync(
        address.PathAndQuery, address.Authority, "X-Forwarded-Method: GET", "X-Forwarded-Proto: http", "X-Forwarded-Host: wiki.home.test", "X-Forwarded-Uri: " + path,
        "X-Forwarded-For: 192.0.2.7", "Accept: text/html", "User-Agent: test");

    private static string Text(YamlNode node, params string[] path) => path.Aggregate(node, (n, key) => n is YamlSequenceNode list ? list[int.Parse(key, null)] : n[key]).ToString();

    private static string[] Texts(YamlNode node, params string[] path) => [.. ((YamlSequenceNode)path.Aggregate(node, (n, key) => n[key])).Select(n => n.ToString())];

    private static bool Has(YamlNode node, YamlNode key) => ((YamlMappingNode)node).Children.ContainsKey(key);
}
