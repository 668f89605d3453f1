using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hearthkey.Connectors.Npm;

/// <summary>
/// Speaks the API of Nginx Proxy Manager: <c>POST /api/tokens</c>, <c>GET</c> and <c>PUT /api/nginx/proxy-hosts</c> (its published schema). The
/// address was typed by an admin and may be private; redirects are not followed, certificates must be good: a password is sent.
/// </summary>
internal sealed class NpmApi(TimeProvider time) : IDisposable
{
    /// <summary>Writing makes nginx test and reload its configuration, which takes a moment on a small box.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>Own choice: thousands of proxy hosts fit.</summary>
    private const int LargestAnswer = 16 * 1024 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    public void Dispose() => _http.Dispose();

    /// <summary>Trades a login for a token that is good for a day.</summary>
    /// <param name="code">The second factor's, where the login has one; blank otherwise.</param>
    public async Task<NpmAnswer<NpmToken>> LogInAsync(string address, string identity, string secret, string code, CancellationToken ct)
    {
        var answer = await SendAsync(HttpMethod.Post, address, "/api/tokens", null, new() { ["identity"] = identity, ["secret"] = secret }, ct);
        if (answer.Problem is NpmProblem.Refused or NpmProblem.LoggedOut or NpmProblem.NotAllowed) return new(null, NpmProblem.WrongLogin, answer.Detail);
        if (answer.Value is { } asked && asked.RootElement.ValueKind == JsonValueKind.Object && asked.RootElement.TryGetProperty("requires_2fa", out _))
        {
            if (code.Length == 0 || !asked.RootElement.TryGetProperty("challenge_token", out var challenge)) return new(null, NpmProblem.CodeNeeded);
            answer = await SendAsync(HttpMethod.Post, address, "/api/tokens/2fa", null, new() { ["challenge_token"] = challenge.ToString(), ["code"] = code }, ct);
            if (answer.Problem is NpmProblem.Refused or NpmProblem.LoggedOut or NpmProblem.NotAllowed) return new(null, NpmProblem.WrongLogin, answer.Detail);
        }
        if (answer.Value is not { } json) return answer.As<NpmToken>();
        return NpmToken.Read(json.RootElement) is { } token ? new(token) : new(null, NpmProblem.Nonsense);
    }

    public async Task<NpmAnswer<IReadOnlyList<NpmHost>>> HostsAsync(NpmConnection connection, CancellationToken ct)
    {
        var answer = await SendAsync(HttpMethod.Get, connection.Address, "/api/nginx/proxy-hosts", connection.Token, null, ct);
        if (answer.Value is not { } json) return answer.As<IReadOnlyList<NpmHost>>();
        if (json.RootElement.ValueKind != JsonValueKind.Array) return new(null, NpmProblem.Nonsense);
        var hosts = json.RootElement.EnumerateArray().Select(NpmHost.Read).ToList();
        return hosts.Contains(null) ? new(null, NpmProblem.Nonsense) : new([.. hosts.OfType<NpmHost>()]);
    }

    public async Task<NpmAnswer<NpmHost>> HostAsync(NpmConnection connection, long id, CancellationToken ct) =>
        Host(id, await SendAsync(HttpMethod.Get, connection.Address, Path(id), connection.Token, null, ct));

    /// <summary>Writes the Advanced text, nothing else. The answer tells whether nginx took it.</summary>
    public async Task<NpmAnswer<NpmHost>> WriteAsync(NpmConnection connection, long id, string advanced, CancellationToken ct) =>
        Host(id, await SendAsync(HttpMethod.Put, connection.Address, Path(id), connection.Token, new() { ["advanced_config"] = advanced }, ct));

    private static string Path(long id) => "/api/nginx/proxy-hosts/" + id.ToString(CultureInfo.InvariantCulture);

    private static NpmAnswer<NpmHost> Host(long id, NpmAnswer<JsonDocument> answer)
    {
        if (answer.Value is not { } json) return answer.As<NpmHost>();
        return NpmHost.Read(json.RootElement) is { } host && host.Id == id ? new(host) : new(null, NpmProblem.Nonsense);
    }

    private async Task<NpmAnswer<JsonDocument>> SendAsync(HttpMethod method, string address, string path, string? token, JsonObject? body, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var request = new HttpRequestMessage(method, new Uri(new Uri(address), path));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return Read(response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, NpmProblem.Slow);
        }
        catch (HttpRequestException failure)
        {
            return Explain(failure);
        }
    }

    private static NpmAnswer<JsonDocument> Explain(HttpRequestException failure) => failure switch
    {
        { InnerException: AuthenticationException tls } => new(null, NpmProblem.Certificate, tls.Message),
        { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.SecureConnectionError } => new(null, NpmProblem.Nonsense, failure.Message),
        // what breaks off is about to end, more often than it is something else
        _ => new(null, NpmProblem.Away, failure.Message),
    };

    private static NpmAnswer<JsonDocument> Read(HttpStatusCode status, string text)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return new(null, NpmProblem.Nonsense);
        }
        if (status == HttpStatusCode.OK) return new(json);
        var root = json.RootElement;
        var said = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            && error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : null;
        if (said is null) return new(null, NpmProblem.Nonsense);
        return new(null, status switch
        {
            HttpStatusCode.Unauthorized => NpmProblem.LoggedOut,
            HttpStatusCode.Forbidden => NpmProblem.NotAllowed,
            HttpStatusCode.NotFound => NpmProblem.Missing,
            _ => NpmProblem.Refused,
        }, said.Length <= 300 ? said : said[..300]);
    }
}
