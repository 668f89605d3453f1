using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.Bench.Flows;

/// <summary>One authorization and its redemption, looked at as a careful client does.</summary>
internal sealed class CodeFlow(HttpClient client, FlowTarget target)
{
    private readonly AuthenticationHeaderValue _basic =
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{target.ClientId}:{target.ClientSecret}")));

    /// <summary>Null when all was well, else what was wrong.</summary>
    /// <param name="number">Of the flow; they go round the browsers.</param>
    public async Task<string?> RunAsync(int number)
    {
        var (state, nonce, verifier) = (Secret(), Secret(), Secret());
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var (code, problem) = await AuthorizeAsync(target.Cookies[number % target.Cookies.Count], state, nonce, challenge);
        return problem ?? await RedeemAsync(code!, verifier, nonce);
    }

    private async Task<(string? Code, string? Problem)> AuthorizeAsync(string cookie, string state, string nonce, string challenge)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target.AuthorizeUrl(state, nonce, challenge));
        request.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(request);
        if (answer.Headers.Location is not { } location || !location.OriginalString.StartsWith(FlowTarget.RedirectUri, StringComparison.Ordinal))
            return (null, $"authorize: {(int)answer.StatusCode} {answer.Headers.Location} {await answer.Content.ReadAsStringAsync()}");
        var query = QueryHelpers.ParseQuery(location.Query);
        return query["state"] == state && query["code"] is [{ Length: > 0 } code] ? (code, null) : (null, $"authorize: {location}");
    }

    private async Task<string?> RedeemAsync(string code, string verifier, string nonce)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Token)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = FlowTarget.RedirectUri,
                ["code_verifier"] = verifier,
            }),
        };
        request.Headers.Authorization = _basic;
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) return $"token: {(int)answer.StatusCode} {body}";
        using var json = JsonDocument.Parse(body);
        var isGood = IsSigned(json, "access_token", null) && IsSigned(json, "id_token", nonce);
        return isGood ? null : $"token: not what was asked for: {body}";
    }

    // signed with the algorithm that is compared; whether the signature is right is for the tests to say
    private bool IsSigned(JsonDocument answer, string member, string? nonce)
    {
        if (!answer.RootElement.TryGetProperty(member, out var token) || token.GetString()!.Split('.') is not [var header, var claims, { Length: > 0 }]) return false;
        using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
        using var body = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        return head.RootElement.GetProperty("alg").GetString() == target.Algorithm
            && (nonce is null || body.RootElement.GetProperty("nonce").GetString() == nonce);
    }

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
