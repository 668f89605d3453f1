namespace Hearthkey.Bench.Flows;

/// <summary>What the load must know to run code flows against an OpenID provider.</summary>
/// <param name="Algorithm">Both tokens must be signed with this.</param>
/// <param name="Cookies">The Cookie headers of the browsers that are signed in.</param>
internal sealed record FlowTarget(string Authorize, string Token, string ClientId, string ClientSecret, string Algorithm, IReadOnlyList<string> Cookies)
{
    public const string RedirectUri = "https://client.home.example/callback";

    public static FlowTarget Read(string text) => text.Split('\n') is [var a, var t, var i, var s, var g, .. var c] ? new(a, t, i, s, g, c) : throw new FormatException(text);

    public string Write() => string.Join('\n', [Authorize, Token, ClientId, ClientSecret, Algorithm, .. Cookies]);

    /// <summary>The address that a client sends the browser to.</summary>
    public string AuthorizeUrl(string state, string nonce, string challenge) =>
        $"{Authorize}?response_type=code&client_id={ClientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&scope=openid%20profile%20email"
        + $"&state={state}&nonce={nonce}&code_challenge={challenge}&code_challenge_method=S256";
}
