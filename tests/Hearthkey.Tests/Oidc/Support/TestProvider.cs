using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearthkey.Oidc;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Oidc.Introspection;
using Hearthkey.Oidc.Token;
using Hearthkey.Oidc.UserInfo;
using Microsoft.Extensions.Time.Testing;

namespace Hearthkey.Tests.Oidc.Support;

/// <summary>The whole engine over ports in memory, with one confidential and one public client, and Ada signed in an hour ago.</summary>
internal sealed class TestProvider
{
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public const string RedirectUri = "https://foo.example.com/cb";

    public TestProvider(Func<Client, Client>? change = null)
    {
        App = (change ?? (client => client))(new Client
        {
            ClientId = "app",
            Name = "App",
            Issuer = "https://id.example.com/application/o/app/",
            Secret = "s3cret",
            RedirectUris = [new(MatchingMode.Strict, RedirectUri)],
            Scopes = [Scope.OpenId, Scope.Profile, Scope.Email, Scope.OfflineAccess],
            SigningKey = TestKeys.Es256,
        });
        Phone = App with { ClientId = "phone", Name = "Phone", IsConfidential = false, Secret = null, Issuer = "https://id.example.com/application/o/phone/" };
        Clients.Set(App);
        Clients.Set(Phone);
        Authorize = new(Clients, Grants, Subjects, Time);
        Token = new(Clients, Grants, Subjects, Programs, Time);
        Introspection = new(Clients, Grants, Subjects, Time);
        UserInfo = new(Clients, Grants, Subjects, Time);
        AccessTokens = new(Clients, Grants, Time);
        Ada = new(1, "session-of-ada", Time.GetUtcNow().AddHours(-1), ["pwd", "mfa"]);
    }

    public Client App { get; }

    public Client Phone { get; }

    public FakeTimeProvider Time { get; } = new(new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    public MemoryClients Clients { get; } = new();

    public MemoryGrants Grants { get; } = new();

    public MemorySubjects Subjects { get; } = new();

    public CountedAttempts Attempts { get; } = new();

    public AuthorizeEndpoint Authorize { get; }

    public TokenEndpoint Token { get; }

    public MemoryPrograms Programs { get; } = new();

    public UserInfoEndpoint UserInfo { get; }

    public IntrospectionEndpoint Introspection { get; }

    public AccessTokenValidator AccessTokens { get; }

    public Authentication Ada { get; }

    public static string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>A good authorization request with these parameters added, replaced, or (null) left out.</summary>
    public static List<KeyValuePair<string, string>> Request(params (string Name, string? Value)[] changes) => Merge(
        [
            ("client_id", "app"), ("redirect_uri", RedirectUri), ("response_type", "code"), ("scope", "openid profile email"), ("state", "st&te"),
            ("nonce", "n-1"), ("code_challenge", Challenge), ("code_challenge_method", "S256"),
        ], changes);

    public AuthorizeOutcome Validate(params (string Name, string? Value)[] changes) => Authorize.Validate(Request(changes));

    public AuthorizeRequest Valid(params (string Name, string? Value)[] changes) => Validate(changes).ShouldBeOfType<AuthorizeOutcome.Valid>().Request;

    /// <summary>The error that a request is sent back with.</summary>
    public string RefusalOf(params (string Name, string? Value)[] changes) =>
        Validate(changes).ShouldBeOfType<AuthorizeOutcome.Refused>().Error.Error.Code;

    public PageError PageErrorOf(params (string Name, string? Value)[] changes) =>
        Validate(changes).ShouldBeOfType<AuthorizeOutcome.ShowError>().Error;

    public ValueTask<AuthorizeDecision> DecideAsync(AuthorizeRequest request, Authentication? session) =>
        Authorize.DecideAsync(request, session, Time.GetUtcNow(), TestContext.Current.CancellationToken);

    /// <summary>Ada's code for a request.</summary>
    public async Task<string> CodeAsync(params (string Name, string? Value)[] changes) =>
        QueryOf((await Authorize.IssueAsync(Valid(changes), Ada, TestContext.Current.CancellationToken)).ShouldNotBeNull())["code"];

    /// <summary>A good token request of the confidential client with these fields changed.</summary>
    public Task<TokenOutcome> RedeemAsync(string code, params (string Name, string? Value)[] changes) => PostAsync(null, Merge(
        [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri), ("code_verifier", Verifier),
            ("client_id", "app"), ("client_secret", "s3cret"),
        ], changes));

    public Task<TokenOutcome> RefreshAsync(string? refreshToken, params (string Name, string? Value)[] changes) => PostAsync(null, Merge(
        [("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("client_id", "app"), ("client_secret", "s3cret")], changes));

    public async Task<TokenOutcome> PostAsync(string? authorization, List<KeyValuePair<string, string>> form) =>
        await Token.HandleAsync(form, authorization, Attempts, TestContext.Current.CancellationToken);

    /// <summary>The tokens of a whole code flow.</summary>
    public async Task<TokenResponse> TokensAsync(string scope = "openid profile email offline_access") =>
        (await RedeemAsync(await CodeAsync(("scope", scope)))).Tokens();

    public async Task<UserInfoOutcome> UserInfoAsync(string token) =>
        await UserInfo.HandleAsync("Bearer " + token, [], TestContext.Current.CancellationToken);

    public static List<KeyValuePair<string, string>> Merge((string Name, string? Value)[] good, (string Name, string? Value)[] changes) =>
    [
        .. good.Where(pair => changes.All(change => change.Name != pair.Name)).Concat(changes)
            .Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!)),
    ];

    public static Dictionary<string, string> QueryOf(string location) => location[(location.IndexOfAny(['?', '#']) + 1)..].Split('&')
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]));

    public static JsonElement PartOf(string token, int index)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[index]));
        return document.RootElement.Clone();
    }

    public static JsonElement ClaimsOf(string token) => PartOf(token, 1);
}
