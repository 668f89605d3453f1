using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Hearthkey.ForwardAuth;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth.Proxies;

/// <summary>The texts that the provider page prints, in the real proxies, in front of applications that know nothing of us.</summary>
public sealed class ProxyTextTests
{
    public static TheoryData<string> Proxies => ["nginx", "caddy", "haproxy", "apache"];

    public static TheoryData<string> AllTexts => ["nginx", "nginx-short", "caddy", "haproxy", "apache"];

    /// <summary>With the text for Nginx Proxy Manager, between the lines that it has around it; and those for Traefik and Envoy, in <see cref="TextProxy"/>.</summary>
    public static TheoryData<string> Everywhere => ["nginx", "npm", "caddy", "haproxy", "apache", "traefik-file", "envoy"];

    [Theory]
    [MemberData(nameof(Everywhere))]
    [InlineData("nginx-short")]
    public async Task A_deep_link_arrives_whole_after_the_login_and_uploads_and_sockets_pass(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);
        await lab.SignInAsync();

        (await lab.OpenAsync(lab.Wiki, "/deep/link?a=1&b=two%20words&c=%26")).ShouldStartWith("wiki GET /deep/link?a=1&b=two%20words&c=%26 0\n");
        using var content = new ByteArrayContent(new byte[1_000_000]);
        using var upload = await lab.SendAsync(HttpMethod.Post, lab.Wiki, "/upload", content);
        (await upload.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldStartWith("wiki POST /upload 1000000\n");
        if (proxy != "nginx-short") (await SocketAsync(lab)).ShouldBe((byte)42);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task The_application_is_told_who_is_there_and_what_a_visitor_makes_up_is_taken_out(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);
        string[] madeUp =
        [
            "X-authentik-username: root", "X-Authentik-Groups: admins", "X-authentik-entitlements: all", "X-authentik-jwt: made.up.token",
            "X_authentik_username: root", "x_authentik_email: root@home.test", "X-authentik_uid: root", "X_AUTHENTIK_GROUPS: admins", "X_authentik-name: root",
            "X-authentik-meta_app: root", "X_Authentik_Meta-Provider: root", "X-authentik-meta-outpost: root", "X.authentik.username: root", "X-Authentik~Groups: admins",
            "Connection: X-Authentik-Username, x-authentik-meta-app",
        ];
        await lab.SignInAsync();
        await lab.OpenAsync(lab.Wiki, "/");
        madeUp = await WithoutRefusedAsync(lab, proxy, madeUp);

        var known = await lab.OpenAsync(lab.Wiki, "/", madeUp);
        var open = await lab.OpenAsync(lab.Files, "/health", madeUp);

        known.ShouldContain("x-authentik-username: mara\n");
        known.ShouldContain("x-authentik-meta-app: wiki\n");
        open.ShouldStartWith("files GET /health 0\n");
        foreach (var page in new[] { known, open })
        {
            page.ShouldNotContain("root");
            page.ShouldNotContain("admins");
            page.ShouldNotContain("x-authentik-entitlements: all");
            page.ShouldNotContain("made.up.token");
        }
        open.ShouldNotContain("mara");
    }

    /// <summary>
    /// nginx refuses what a location with header lines of its own would hand on, and drops names with other signs. Envoy refuses <c>_</c>; it and
    /// Traefik know of no other sign. The rest takes all of it out. What is left to try.
    /// </summary>
    internal static async Task<string[]> WithoutRefusedAsync(ProxyLab lab, string proxy, string[] madeUp)
    {
        if (TextProxy.Speaks(proxy)) madeUp = [.. madeUp.Where(h => h.Split(':')[0].All(c => char.IsAsciiLetter(c) || c is '-' or '_'))];
        var refused = madeUp.Where(h => !h.StartsWith("Connection", StringComparison.Ordinal) && proxy switch
        {
            "nginx" or "npm" => h.Split(':')[0].All(c => char.IsAsciiLetter(c) || c == '-'),
            "envoy" => h.Split(':')[0].Contains('_', StringComparison.Ordinal),
            _ => false,
        }).ToList();
        foreach (var header in refused)
        {
            using var response = await lab.SendAsync(HttpMethod.Get, lab.Wiki, "/", null, header);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, header);
        }
        return [.. madeUp.Except(refused)];
    }

    [Fact]
    public async Task A_location_of_its_own_in_nginx_hands_on_nothing_that_a_visitor_makes_up()
    {
        await using var lab = await ProxyLab.StartAsync("nginx", text =>
            $"{text}\nlocation /own {{ proxy_set_header X-Own yes; {Regex.Match(text, @"location / \{\s*(proxy_pass [^;]+;)").Groups[1].Value} }}");
        await lab.SignInAsync();

        (await lab.OpenAsync(lab.Wiki, "/own", "X_authentik_username: root")).ShouldNotContain("root");
        using var forged = await lab.SendAsync(HttpMethod.Get, lab.Wiki, "/own", null, "X-authentik-username: root");
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_short_text_passes_on_what_a_visitor_makes_up_and_its_note_says_so()
    {
        await using var lab = await ProxyLab.StartAsync("nginx-short");
        await lab.SignInAsync();

        (await lab.OpenAsync(lab.Wiki, "/", "X-authentik-username: root")).ShouldContain("x-authentik-username: root\n");
        ProxyTexts.ShortNote.ShouldContain("no identity headers");
    }

    [Theory]
    [MemberData(nameof(AllTexts))]
    public async Task Nothing_passes_without_a_login(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);

        foreach (var path in new[] { "/logo.png", "/", "/a/b.css?v=1", "/outpost.goauthentik.io/nothing", "/outpost.goauthentik.iox", "/%6Futpost.goauthentik.io/x" })
        {
            using var response = await lab.SendAsync(HttpMethod.Get, lab.Wiki, path);
            ((int)response.StatusCode).ShouldBeInRange(300, 499, path);
            (await response.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldNotContain("wiki GET");
        }
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task An_image_or_a_script_never_starts_a_login(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);

        using var first = await lab.SendAsync(HttpMethod.Get, lab.Wiki, "/logo.png", null, "Sec-Fetch-Mode: no-cors");
        using var second = first.StatusCode == HttpStatusCode.Redirect
            ? await lab.SendAsync(HttpMethod.Get, lab.Wiki, first.Headers.Location!.OriginalString, null, "Sec-Fetch-Mode: no-cors") : null;

        (second ?? first).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        lab.Cookie(lab.Wiki).ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Signing_out_and_the_end_of_the_sign_in_close_the_door(string proxy)
    {
        await using var lab = await ProxyLab.StartAsync(proxy);
        await lab.SignInAsync();
        await lab.OpenAsync(lab.Wiki, "/");
        await lab.EndSignInAsync();
        using (var ended = await lab.SendAsync(HttpMethod.Get, lab.Wiki, "/")) ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        await lab.SignInAsync("lena");
        await lab.OpenAsync(lab.Wiki, "/");
        await lab.OpenAsync(lab.Files, "/");

        using var end = await lab.SendAsync(HttpMethod.Get, lab.Wiki, "/outpost.goauthentik.io/sign_out");

        end.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        foreach (var host in new[] { lab.Wiki, lab.Files })
        {
            using var response = await lab.SendAsync(HttpMethod.Get, host, "/");
            response.StatusCode.ShouldBe(HttpStatusCode.Redirect, host);
        }
    }

    private static async Task<byte> SocketAsync(ProxyLab lab)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", lab.Wiki);
        socket.Options.SetRequestHeader("Cookie", lab.Cookie(lab.Wiki));
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lab.Port}/socket"), ProviderSite.Ct);
        var buffer = new byte[8];
        var received = await socket.ReceiveAsync(buffer, ProviderSite.Ct);
        received.Count.ShouldBe(1);
        return buffer[0];
    }
}
