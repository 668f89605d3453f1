using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearthkey.E2E.Support;

/// <summary>
/// A plain OAuth 2 client that knows three URLs and nothing of OpenID Connect, as Grafana's generic OAuth does: it redeems the code,
/// ignores the ID token and shows the name that userinfo gives.
/// </summary>
public sealed class OAuthClient : IAsyncDisposable
{
    private const string SessionCookie = "client_session";

    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, string> _verifiers = new();
    private readonly ConcurrentDictionary<string, JsonNode> _sessions = new();

    private OAuthClient(int port, HostMap hosts)
    {
        Port = port;
        _http = hosts.CreateClient();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.Run(context => context.Request.Path.Value switch
        {
            "/login" => PageAsync(context, "Client", "<a href='/login/start'>Sign in with OAuth</a>"),
            "/login/start" => BeginAsync(context),
            var path when path == Options.CallbackPath => FinishAsync(context),
            _ => HomeAsync(context),
        });
    }

    public int Port { get; }

    /// <summary>May be changed between logins.</summary>
    public OAuthClientOptions Options { get; set; } = null!;

    public Uri PublicUrl => Options.PublicUrl ?? new Uri($"http://127.0.0.1:{Port}");

    public string RedirectUri => PublicUrl.GetLeftPart(UriPartial.Authority) + Options.CallbackPath;

    /// <summary>The latest answer of the token endpoint, whole.</summary>
    public JsonNode? Tokens { get; private set; }

    /// <summary>The latest answer of userinfo, whole.</summary>
    public JsonNode? UserInfo { get; private set; }

    /// <summary>The latest failure: the callback's error, or the status and body of an endpoint.</summary>
    public string? Failure { get; private set; }

    /// <summary>Starts a client; its options may follow once its port is known.</summary>
    public static async Task<OAuthClient> StartAsync(HostMap hosts, Func<int, OAuthClientOptions>? options = null)
    {
        var port = FreePort.Next();
        var client = new OAuthClient(port, hosts);
        if (options is not null) client.Options = options(port);
        await client._app.StartAsync();
        return client;
    }

    /// <summary>Uses the refresh token of the latest login; the answer's status and body.</summary>
    public Task<(int Status, JsonNode? Body)> RefreshAsync() =>
        PostTokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = Tokens!["refresh_token"]!.GetValue<string>() });

    /// <summary>Asks userinfo with the access token of the latest login; the answer's status.</summary>
    public async Task<int> AskUserInfoAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Options.UserInfoUrl);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Tokens!["access_token"]!.GetValue<string>());
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.IsSuccessStatusCode) UserInfo = JsonNode.Parse(text);
        else Failure = $"userinfo {(int)answer.StatusCode} {text} {answer.Headers.WwwAuthenticate}";
        return (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private Task HomeAsync(HttpContext context)
    {
        if (context.Request.Cookies[SessionCookie] is not { } id || !_sessions.TryGetValue(id, out var user))
        {
            context.Response.Redirect("/login");
            return Task.CompletedTask;
        }

        var name = (string?)user["name"] ?? "nobody";
        return PageAsync(context, "Client", $"<p>Signed in as <b id='name'>{HtmlEncoder.Default.Encode(name)}</b></p>");
    }

    private Task BeginAsync(HttpContext context)
    {
        var state = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var verifier = _verifiers[state] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = Options.ClientId,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = Options.Scope,
            ["state"] = state,
        };
        if (Options.Pkce)
        {
            var digest = SHA256.HashData(Encoding.ASCII.GetBytes(verifier));
            query["code_challenge"] = Convert.ToBase64String(digest).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            query["code_challenge_method"] = "S256";
        }

        foreach (var (key, value) in Options.Extra) query[key] = value;
        context.Response.Redirect(Options.AuthorizeUrl + QueryString.Create(query).Value);
        return Task.CompletedTask;
    }

    private async Task FinishAsync(HttpContext context)
    {
        Failure = null;
        var query = context.Request.Query;
        if (query["error"] is { Count: > 0 } error)
        {
            await FailAsync(context, $"{error}: {query["error_description"]}");
            return;
        }

        if (query["state"] is not [{ } state] || !_verifiers.TryRemove(state, out var verifier))
        {
            await FailAsync(context, "unknown state");
            return;
        }

        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = query["code"].ToString(), ["redirect_uri"] = RedirectUri };
        if (Options.Pkce) form["code_verifier"] = verifier;
        var (status, tokens) = await PostTokenAsync(form);
        if (status != StatusCodes.Status200OK || await AskUserInfoAsync() != StatusCodes.Status200OK)
        {
            await FailAsync(context, Failure ?? $"token {status} {tokens}");
            return;
        }

        var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _sessions[session] = UserInfo!;
        context.Response.Cookies.Append(SessionCookie, session, new CookieOptions { HttpOnly = true, Path = "/" });
        context.Response.Redirect("/");
    }

    private async Task<(int Status, JsonNode? Body)> PostTokenAsync(Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Options.TokenUrl);
        if (Options.AuthMethod == "client_secret_basic")
        {
            var pair = $"{Uri.EscapeDataString(Options.ClientId)}:{Uri.EscapeDataString(Options.ClientSecret ?? "")}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            form["client_id"] = Options.ClientId;
            if (Options.AuthMethod == "client_secret_post") form["client_secret"] = Options.ClientSecret ?? "";
        }

        request.Content = new FormUrlEncodedContent(form);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var json = answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null;
        if (answer.IsSuccessStatusCode) Tokens = json;
        else Failure = $"token {(int)answer.StatusCode} {text}";
        return ((int)answer.StatusCode, json);
    }

    private Task FailAsync(HttpContext context, string reason)
    {
        Failure = reason;
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return PageAsync(context, "Login failed", $"<p id='failure'>{HtmlEncoder.Default.Encode(reason)}</p>");
    }

    private static Task PageAsync(HttpContext context, string title, string body)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"<!doctype html><title>{title}</title><h1>{title}</h1>{body}");
    }
}
