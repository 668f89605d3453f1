using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Hearthkey.ForwardAuth;
using Hearthkey.Tests.OidcProvider;

namespace Hearthkey.Tests.ForwardAuth;

/// <summary>The texts that the provider page prints, in a real nginx in front of an application that knows nothing of us.</summary>
public sealed class NginxTextTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deep_link_arrives_whole_after_the_login_and_uploads_pass(bool isFull)
    {
        await using var lab = await LabAsync(isFull);
        await lab.SignInAsync();

        var page = await lab.GetAsync("/deep/link?a=1&b=two%20words&c=%26");
        page.ShouldStartWith("GET /deep/link?a=1&b=two%20words&c=%26 0\n");
        using var content = new ByteArrayContent(new byte[1_000_000]);
        using var upload = await lab.SendAsync(HttpMethod.Post, "/upload", content: content);
        (await upload.Content.ReadAsStringAsync(ProviderSite.Ct)).ShouldStartWith("POST /upload 1000000\n");
    }

    [Fact]
    public async Task The_full_text_tells_the_application_who_is_there_and_takes_out_what_a_visitor_makes_up()
    {
        await using var lab = await LabAsync(true);
        await lab.SignInAsync();

        var page = await lab.GetAsync("/", "X-authentik-username: root", "X-Authentik-Groups: admins", "X-authentik-entitlements: all", "X-authentik-jwt: e30");

        page.ShouldContain("x-authentik-username: mara\n");
        page.ShouldContain("x-authentik-meta-app: wiki\n");
        page.ShouldNotContain("root");
        page.ShouldNotContain("admins");
        page.ShouldNotContain("x-authentik-entitlements");
        page.ShouldNotContain("x-authentik-jwt");
    }

    [Fact]
    public async Task The_full_text_takes_made_up_headers_out_of_requests_that_need_no_login()
    {
        await using var lab = await LabAsync(true);

        var page = await lab.GetAsync("/health", "X-authentik-username: root", "X-authentik-email: root@home.test");

        page.ShouldStartWith("GET /health 0\n");
        page.ShouldNotContain("root");
    }

    [Fact]
    public async Task The_short_text_passes_on_what_a_visitor_makes_up_and_its_note_says_so()
    {
        await using var lab = await LabAsync(false);
        await lab.SignInAsync();

        (await lab.GetAsync("/", "X-authentik-username: root")).ShouldContain("x-authentik-username: root\n");
        ProxyTexts.ShortNote.ShouldContain("no identity headers");
    }

    [Theory]
    [InlineData("/logo.png")]
    [InlineData("/")]
    [InlineData("/a/b.css?v=1")]
    public async Task Nothing_passes_the_full_text_without_a_login(string path)
    {
        await using var lab = await LabAsync(true);

        using var response = await lab.SendAsync(HttpMethod.Get, path);

        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.OriginalString.ShouldBe($"/outpost.goauthentik.io/start?rd=http://{lab.Host}{path}");
    }

    [Fact]
    public async Task A_web_socket_opens_through_the_full_text()
    {
        await using var lab = await LabAsync(true);
        await lab.SignInAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", lab.Host);
        socket.Options.SetRequestHeader("Cookie", lab.Cookie);

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lab.Port}/socket"), ProviderSite.Ct);
        var buffer = new byte[8];
        var received = await socket.ReceiveAsync(buffer, ProviderSite.Ct);

        received.Count.ShouldBe(1);
        buffer[0].ShouldBe((byte)42);
    }

    [Fact]
    public async Task A_request_line_that_names_another_host_is_refused_behind_the_full_text()
    {
        await using var lab = await LabAsync(true);
        await lab.SignInAsync();

        var answer = await lab.RawAsync($"GET http://other.home.test/ HTTP/1.1\r\nHost: {lab.Host}\r\nCookie: {lab.Cookie}\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 500");
    }

    private static async Task<Lab> LabAsync(bool isFull)
    {
        var site = await ForwardAuthSite.StartAsync();
        var app = await EchoApp.StartAsync();
        var port = Nginx.FreePort();
        var made = await site.ProtectAsync("wiki", $"http://wiki.home.test:{port}", body => body["skip_path_regex"] = "^/health");
        var provider = new ProxyProvider { Name = "wiki", ExternalHost = $"http://wiki.home.test:{port}", Pk = made.Pk };
        var server = site.Server.Address.ToString();
        var text = isFull ? ProxyTexts.Nginx(provider, server, app.Url) : ProxyTexts.NginxShort(provider, server, app.Url);
        return new Lab(site, app, await Nginx.StartAsync(port, text));
    }

    /// <summary>Server, application and nginx, and a browser in front of them.</summary>
    private sealed class Lab(ForwardAuthSite site, EchoApp app, Nginx nginx) : IAsyncDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{nginx.Port}"),
        };

        private readonly Dictionary<string, string> _cookies = [];

        public int Port => nginx.Port;

        public string Host => $"wiki.home.test:{nginx.Port}";

        public string Cookie => string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}"));

        public async Task SignInAsync()
        {
            var session = await site.Server.SignInAsync(await site.Server.AddUserAsync("mara"));
            using var start = await SendAsync(HttpMethod.Get, $"/outpost.goauthentik.io/start?rd=http://{Host}/deep/link?a=1&b=2");
            using var authorized = await site.Server.SendAsync(HttpMethod.Get, start.Headers.Location!.PathAndQuery, cookie: session);
            using var end = await SendAsync(HttpMethod.Get, authorized.Headers.Location!.PathAndQuery);
            end.Headers.Location!.OriginalString.ShouldBe($"http://{Host}/deep/link?a=1&b=2");
        }

        public async Task<string> GetAsync(string path, params string[] headers)
        {
            using var response = await SendAsync(HttpMethod.Get, path, null, headers);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await response.Content.ReadAsStringAsync(ProviderSite.Ct);
        }

        public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params string[] headers)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            request.Headers.Host = Host;
            if (_cookies.Count > 0) request.Headers.TryAddWithoutValidation("Cookie", Cookie);
            foreach (var header in headers)
            {
                var parts = header.Split(": ", 2);
                request.Headers.TryAddWithoutValidation(parts[0], parts[1]);
            }
            var response = await _http.SendAsync(request, ProviderSite.Ct);
            foreach (var line in response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
            {
                var pair = line.Split(';')[0].Split('=', 2);
                _cookies[pair[0]] = pair[1];
            }
            return response;
        }

        public async Task<string> RawAsync(string request)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, ProviderSite.Ct);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), ProviderSite.Ct);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync(ProviderSite.Ct);
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await nginx.DisposeAsync();
            await app.DisposeAsync();
            await site.DisposeAsync();
        }
    }
}
