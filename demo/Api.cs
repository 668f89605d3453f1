using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Hearthkey.Demo;

/// <summary>The server's API. Names below <c>localhost</c> lead to this machine here too, whatever the system thinks of them.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient _http;

    public Api(Addresses addresses, string token)
    {
        _http = Client();
        _http.BaseAddress = new Uri(addresses.Login + "/api/v3/");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>A client that finds the demo's names.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync });

    /// <summary>The key of the first object of a list.</summary>
    public async Task<JsonNode> FindAsync(string list) =>
        (await SendAsync(HttpMethod.Get, list, null))!["results"]![0]!["pk"]!.DeepClone();

    /// <summary>The keys of the managed mappings of these scopes.</summary>
    public async Task<JsonArray> ScopesAsync(params string[] names)
    {
        var found = new JsonArray();
        foreach (var name in names)
            found.Add(await FindAsync($"propertymappings/provider/scope/?managed=goauthentik.io/providers/oauth2/scope-{name}"));
        return found;
    }

    public async Task<JsonObject> CreateAsync(string list, JsonObject body) => (JsonObject)(await SendAsync(HttpMethod.Post, list, body))!;

    public Task ChangeAsync(string path, JsonObject body) => SendAsync(HttpMethod.Patch, path, body);

    /// <exception cref="InvalidOperationException">It was refused: a bug of the demo.</exception>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    public void Dispose() => _http.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
