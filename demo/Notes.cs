using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Demo;

/// <summary>An app that signs people in by OpenID Connect: authorization code with PKCE, then userinfo. It starts a login by itself.</summary>
internal sealed class Notes : IDisposable
{
    public const string ClientId = "demo-notes";

    /// <summary>Where the login server sends people back.</summary>
    public const string Callback = "/callback";

    private const string SessionCookie = "notes_session", LoginCookie = "notes_login";

    private readonly Addresses _addresses;
    private readonly string _secret;
    private readonly HttpClient _http = Api.Client();
    private readonly ConcurrentDictionary<string, JsonNode> _people = new();

    private Notes(Addresses addresses, string secret) => (_addresses, _secret) = (addresses, secret);

    private string RedirectUri => _addresses.Notes + Callback;

    public static async Task<WebApplication> StartAsync(Addresses addresses, string secret)
    {
        var notes = new Notes(addresses, secret);
        var app = await DemoApp.StartAsync(addresses.NotesPort, context => context.Request.Path.Value switch
        {
            "/" => notes.ShowAsync(context),
            Callback => notes.FinishAsync(context),
            "/sign-out" => notes.SignOutAsync(context),
            _ => MissingAsync(context),
        });
        app.Lifetime.ApplicationStopped.Register(notes.Dispose);
        return app;
    }

    public void Dispose() => _http.Dispose();

    private Task ShowAsync(HttpContext context)
    {
        if (context.Request.Cookies[SessionCookie] is not { } session || !_people.TryGetValue(session, out var person)) return BeginAsync(context);
        return new Page($"Notes of {person["name"]}", "This app asked Hearthkey who you are, by OpenID Connect. It was told:")
        {
            Facts = [.. person.AsObject().Select(claim => (claim.Key, claim.Value?.ToString() ?? ""))],
            Links = [("Open the other app", _addresses.WhoAmI + "/"), ("All my apps", _addresses.Login + "/if/user/"), ("Sign out", "/sign-out")],
        }.WriteAsync(context);
    }

    // the cookie holds what only this browser may know: the state that must come back, and the PKCE verifier
    private Task BeginAsync(HttpContext context)
    {
        var (state, verifier) = (Random(), Random());
        context.Response.Cookies.Append(LoginCookie, $"{state}.{verifier}", new() { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromMinutes(10) });
        context.Response.Redirect(_addresses.Login + "/application/o/authorize/" + QueryString.Create(new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = ClientId,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = "openid profile email",
            ["state"] = state,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        }));
        return Task.CompletedTask;
    }

    private async Task FinishAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var login = (context.Request.Cookies[LoginCookie] ?? "").Split('.');
        if (login is not [var state, var verifier] || query["state"] != state || query["code"] is not [{ } code])
        {
            await RefuseAsync(context, query["error_description"].ToString() is { Length: > 0 } why ? why : "The answer does not belong to a login of this browser.");
            return;
        }
        context.Response.Cookies.Delete(LoginCookie);
        if (await PersonAsync(code, verifier) is not { } person)
        {
            await RefuseAsync(context, "The login server did not say who you are.");
            return;
        }
        var session = Random();
        _people[session] = person;
        context.Response.Cookies.Append(SessionCookie, session, new() { HttpOnly = true, SameSite = SameSiteMode.Lax });
        context.Response.Redirect("/");
    }

    private async Task<JsonNode?> PersonAsync(string code, string verifier)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["client_id"] = ClientId,
            ["client_secret"] = _secret,
            ["code_verifier"] = verifier,
        });
        using var tokens = await _http.PostAsync(new Uri(_addresses.Login + "/application/o/token/"), form);
        if (!tokens.IsSuccessStatusCode || JsonNode.Parse(await tokens.Content.ReadAsStringAsync())?["access_token"]?.ToString() is not { } token) return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, _addresses.Login + "/application/o/userinfo/");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync()) : null;
    }

    private Task SignOutAsync(HttpContext context)
    {
        if (context.Request.Cookies[SessionCookie] is { } session) _people.TryRemove(session, out _);
        context.Response.Cookies.Delete(SessionCookie);
        context.Response.Redirect(_addresses.Login + "/application/o/notes/end-session/");
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, string why)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return new Page("This sign-in did not work", why) { Links = [("Try again", "/")] }.WriteAsync(context);
    }

    private static Task MissingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
