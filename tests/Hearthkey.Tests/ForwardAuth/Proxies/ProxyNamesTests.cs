using System.Diagnostics;
using System.Text.RegularExpressions;
using Hearthkey.ForwardAuth;
using Hearthkey.Tests.OidcProvider;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>What a provider's values do to the names in texts, and that https behind the proxy is spoken where it is asked for.</summary>
public sealed partial class ProxyNamesTests
{
    [Theory]
    [InlineData("hearthkey")]
    [InlineData("hearthkey-browser")]
    [InlineData("login")]
    [InlineData("own")]
    [InlineData("42")]
    [InlineData("null")]
    [InlineData("Big_App")]
    public void A_slug_that_is_one_of_our_names_or_a_number_collides_with_nothing(string slug)
    {
        var texts = Texts(slug).ToDictionary(t => t.Key, t => t.Text);

        Names(texts["haproxy"], Backend()).ShouldBe(["hearthkey", "app-" + slug]);
        Names(texts["haproxy"], Acl()).ShouldBe(["hearthkey_app-" + slug, "hearthkey_login"]);
        var http = Read(texts["traefik-file"])[0]["http"];
        Keys(http["routers"]).ShouldBe(["app-" + slug, "login-" + slug]);
        Keys(http["services"]).ShouldBe(["app-" + slug, "hearthkey"]);
        ((YamlSequenceNode)Read(texts["envoy"])[0]["static_resources"]["clusters"]).Select(c => c["name"].ToString()).ShouldBe(["hearthkey", "app-" + slug]);
        foreach (var key in new[] { "traefik-crd", "ingress-nginx" })
            Read(texts[key]).Select(d => d["metadata"]["name"].ToString()).ShouldAllBe(name => KubernetesName().IsMatch(name), key);
    }

    [Fact]
    public void Addresses_and_hosts_are_texts_in_yaml()
    {
        foreach (var text in Texts("42").Where(t => t.Key is "envoy" or "ingress-nginx" or "traefik-file" or "traefik-crd" or "traefik-compose"))
        {
            var scalars = Read(text.Text).SelectMany(d => d.AllNodes).OfType<YamlScalarNode>();
            scalars.Where(s => s.Value is "42" or "10.0.0.7" || s.Value!.StartsWith("http://", StringComparison.Ordinal)).ShouldAllBe(s => s.Style == ScalarStyle.DoubleQuoted, text.Key);
        }
    }

    [Theory]
    [InlineData("nginx", "-t")]
    [InlineData("caddy", "validate")]
    [InlineData("haproxy", "-c")]
    [InlineData("apache", "-t")]
    public async Task An_https_address_behind_the_proxy_is_spoken_to_in_tls(string proxy, string check)
    {
        var text = Texts("wiki", "https://localhost:9443", "https://10.0.0.7:8443").Single(t => t.Key == proxy);
        var folder = global::System.IO.Directory.CreateTempSubdirectory("check-").FullName;
        if (text.Companion is { } companion) await File.WriteAllTextAsync(Path.Combine(folder, companion.Name), companion.Text, ProviderSite.Ct);
        var file = Path.Combine(folder, "proxy.conf");
        await File.WriteAllTextAsync(file, ProxyFiles.Write(proxy, folder, ReverseProxy.FreePort(), [("10.0.0.8", text)]), ProviderSite.Ct);
        var (program, arguments) = ProxyFiles.Command(proxy, folder, file);

        using var process = Process.Start(new ProcessStartInfo(program, proxy == "caddy" ? [check, .. arguments.Skip(1)] : [.. arguments.Where(a => a is not ("-db" or "-DFOREGROUND")), check])
        { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await process.StandardError.ReadToEndAsync(ProviderSite.Ct);
        await process.WaitForExitAsync(ProviderSite.Ct);

        process.ExitCode.ShouldBe(0, said);
        if (proxy == "haproxy") Count(text.Text, " ssl verify required ca-file ").ShouldBe(2);
        if (proxy == "apache") text.Text.ShouldContain("SSLProxyEngine on");
        global::System.IO.Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Envoy_speaks_tls_to_an_https_address_and_none_to_another()
    {
        var clusters = (YamlSequenceNode)Read(Texts("wiki", "https://id.home.test", "http://10.0.0.7").Single(t => t.Key == "envoy").Text)[0]["static_resources"]["clusters"];

        clusters[0]["transport_socket"]["typed_config"]["sni"].ToString().ShouldBe("id.home.test");
        ((YamlMappingNode)clusters[1]).Children.ContainsKey("transport_socket").ShouldBeFalse();
    }

    private static IReadOnlyList<ProxyText> Texts(string slug, string server = "http://10.0.0.2:9000", string app = "http://10.0.0.7") => ProxyTexts.All(
        new ProxyProvider { Name = "wiki", ExternalHost = "http://10.0.0.7", AssignedApplicationSlug = slug }, server, app);

    private static List<YamlNode> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(d => d.RootNode)];
    }

    private static IEnumerable<string> Keys(YamlNode node) => ((YamlMappingNode)node).Children.Keys.Select(k => k.ToString());

    private static IEnumerable<string> Names(string text, Regex pattern) => pattern.Matches(text).Select(m => m.Groups[1].Value);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex(@"^backend (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Backend();

    [GeneratedRegex(@"^\s*acl (\S+) ", RegexOptions.Multiline)]
    private static partial Regex Acl();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex KubernetesName();
}
