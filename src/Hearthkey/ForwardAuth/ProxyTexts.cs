using Hearthkey.Hosting;

namespace Hearthkey.ForwardAuth;

/// <summary>The texts to write into a reverse proxy, with a provider's values filled in. They are the files under <c>deploy</c>.</summary>
public static class ProxyTexts
{
    /// <summary>Stands for the application's own address where a page does not know it.</summary>
    public const string AppPlaceholder = "http://127.0.0.1:8080";

    private static readonly ProxyTemplate _nginx = new("nginx", "nginx", static () => ForwardAuthStrings.TextNginx, "nginx/forward-auth.conf");
    private static readonly ProxyTemplate _short = new("nginx-short", "nginx", static () => ForwardAuthStrings.TextNginx, "nginx/forward-auth-short.conf");

    private static readonly ProxyTemplate _npm = new("npm", "Nginx Proxy Manager", static () => ForwardAuthStrings.TextNpm, "npm/forward-auth.conf");

    private static readonly ProxyTemplate[] _all =
    [
        _nginx,
        _npm,
        new("traefik-compose", "Traefik", static () => ForwardAuthStrings.TextTraefikCompose, "traefik/compose.yaml"),
        new("traefik-file", "Traefik", static () => ForwardAuthStrings.TextTraefikFile, "traefik/file.yaml"),
        new("traefik-crd", "Traefik", static () => ForwardAuthStrings.TextTraefikKubernetes, "traefik/crd.yaml"),
        new("caddy", "Caddy", static () => "Caddyfile", "caddy/Caddyfile"),
        new("haproxy", "HAProxy", static () => "haproxy.cfg", "haproxy/haproxy.cfg") { Companion = "haproxy/hearthkey.lua" },
        new("envoy", "Envoy", static () => "envoy.yaml", "envoy/envoy.yaml"),
        new("apache", "Apache", static () => ForwardAuthStrings.TextApache, "apache/forward-auth.conf") { Companion = "apache/hearthkey.lua" },
        new("ingress-nginx", "ingress-nginx", static () => ForwardAuthStrings.TextIngress, "ingress-nginx/ingress.yaml"),
    ];

    /// <summary>What the short text does not do, for whoever chooses it.</summary>
    public static string ShortNote => ForwardAuthStrings.ShortTextNote;

    /// <summary>Where a proxy on the same machine reaches this server.</summary>
    public static string ServerUrl(Settings settings) => new UriBuilder("http", "127.0.0.1", settings.Http.Port).Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>One text for each proxy, nginx first.</summary>
    /// <param name="server">Where the proxy reaches this server, such as <c>http://127.0.0.1:9000</c>.</param>
    /// <param name="app">Where the proxy reaches the application.</param>
    public static IReadOnlyList<ProxyText> All(ProxyProvider provider, string server, string app = AppPlaceholder) =>
        [.. _all.Select(template => template.Fill(provider, server, app))];

    /// <summary>Our text for nginx: sets the identity headers, and strips those that a visitor makes up.</summary>
    public static string Nginx(ProxyProvider provider, string server, string app = AppPlaceholder) => _nginx.Fill(provider, server, app).Text;

    /// <summary>The text for the Advanced tab of Nginx Proxy Manager, which fits between the lines that it has around it. One does for all names of a proxy host.</summary>
    /// <param name="name">What is protected, for a person who reads it there.</param>
    /// <param name="hosts">The address, or the addresses, of it.</param>
    /// <param name="server">Where Nginx Proxy Manager reaches this server.</param>
    /// <param name="told">What the applications behind these names are told.</param>
    public static string Npm(string name, string hosts, string server, ToldHeaders told) =>
        _npm.Fill(new() { Name = name, ExternalHost = hosts }, server, AppPlaceholder, told).Text;

    /// <summary>The text that guides know: lets people in, and tells the application nothing.</summary>
    public static string NginxShort(ProxyProvider provider, string server, string app = AppPlaceholder) => _short.Fill(provider, server, app).Text;
}

/// <summary>A text for one proxy.</summary>
/// <param name="Key">Names it in addresses and tests.</param>
/// <param name="Proxy">The proxy's name for people; several texts may be for one.</param>
/// <param name="Title">What the text is.</param>
/// <param name="Text">What to write, values filled in.</param>
/// <param name="Companion">A second file that the text needs beside it, and its name; null where it needs none.</param>
public sealed record ProxyText(string Key, string Proxy, string Title, string Text, (string Name, string Text)? Companion);
