using System.Net.Sockets;
using System.Text.Json;
using Hearthkey.Hosting;
using Hearthkey.Ui;

namespace Hearthkey.Connectors.Docker;

/// <summary>Asks the Docker engine of this machine for its running containers, through its socket. It only reads.</summary>
internal sealed class DockerApi(Settings settings, TimeProvider time)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>Own choice: thousands of containers fit.</summary>
    private const int LargestAnswer = 16 * 1024 * 1024;

    /// <summary>False as long as nobody named the socket.</summary>
    public bool IsOn => settings.DockerSocket is not null;

    /// <summary>The running containers, the oldest first; or why there is no answer.</summary>
    public async Task<(IReadOnlyList<DockerContainer>? Containers, string? Problem)> RunningAsync(CancellationToken ct)
    {
        if (settings.DockerSocket is not { } path) return (null, ConnectorsStrings.DockerOff);
        using var limit = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var http = Client(path);
        try
        {
            using var response = await http.GetAsync(new Uri("http://docker/containers/json"), either.Token);
            if (!response.IsSuccessStatusCode) return (null, Texts.Format(ConnectorsStrings.DockerRefused, (int)response.StatusCode));
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: either.Token);
            if (json.RootElement.ValueKind != JsonValueKind.Array) return (null, ConnectorsStrings.DockerNonsense);
            // the newest comes first; of two that claim one host, the older one has it
            return ([.. json.RootElement.EnumerateArray().Select(DockerContainer.Read).OfType<DockerContainer>().Reverse()], null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, ConnectorsStrings.DockerSlow);
        }
        catch (JsonException)
        {
            return (null, ConnectorsStrings.DockerNonsense);
        }
        catch (HttpRequestException failure)
        {
            return (null, Texts.Format(ConnectorsStrings.DockerAway, path, failure.InnerException?.Message ?? failure.Message));
        }
    }

    private static HttpClient Client(string path) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };
}
