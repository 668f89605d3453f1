namespace Hearthkey.Bench.Flows;

/// <summary>What the load must know to run code flows against an OpenID provider.</summary>
/// <param name="Algorithm">Both tokens must be signed with this.</param>
/// <param name="Cookie">The Cookie header of a browser that is signed in; empty before it is.</param>
internal sealed record FlowTarget(string Authorize, string Token, string ClientId, string ClientSecret, string Algorithm, string Cookie)
{
    public const string RedirectUri = "https://client.home.example/callback";

    public static FlowTarget Read(string line) => line.Split('\t') is [var a, var t, var i, var s, var g, var c] ? new(a, t, i, s, g, c) : throw new FormatException(line);

    public string Write() => string.Join('\t', Authorize, Token, ClientId, ClientSecret, Algorithm, Cookie);

    /// <summary>The address that a client sends the browser to.</summary>
    public string AuthorizeUrl(string state, string nonce, string challenge) =>
        $"{Authorize}?response_type=code&client_id={ClientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&scope=openid%20profile%20email"
        + $"&state={state}&nonce={nonce}&code_challenge={challenge}&code_challenge_method=S256";
}
