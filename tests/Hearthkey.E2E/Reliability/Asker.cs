using System.Collections.Concurrent;
using System.Net;

namespace Hearthkey.E2E.Reliability;

/// <summary>Somebody who asks for the pages of a house in turn, without a pause, whatever comes, and remembers what came.</summary>
/// <param name="name">Goes along with each request, so that the application can tell who reached it.</param>
/// <param name="person">Whose cookies are sent; null for a stranger.</param>
internal sealed class Asker(GuardedHouse house, string name, SignedIn? person)
{
    private const string Header = "x-probe";

    private readonly ConcurrentDictionary<HttpStatusCode, int> _answers = new();

    /// <summary>How often each status came. A connection that nobody took is no answer.</summary>
    public IReadOnlyDictionary<HttpStatusCode, int> Answers => _answers;

    /// <summary>Requests that reached the application.</summary>
    public int Reached => house.App.Requests.Count(r => r.Headers.TryGetValue(Header, out var values) && values.Contains(name));

    public Task AskAsync(int workers, CancellationToken until) => Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync(until)));

    /// <summary>Whether every page opens now.</summary>
    public async Task<bool> OpensAllAsync()
    {
        using var client = house.CreateClient();
        foreach (var page in house.Pages)
        {
            if (await OneAsync(client, page) != HttpStatusCode.OK) return false;
        }
        return true;
    }

    private async Task WorkAsync(CancellationToken until)
    {
        using var client = house.CreateClient();
        for (var i = 0; !until.IsCancellationRequested; i++)
        {
            if (await OneAsync(client, house.Pages[i % house.Pages.Count]) is { } status) _answers.AddOrUpdate(status, 1, (_, count) => count + 1);
            else await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<HttpStatusCode?> OneAsync(HttpClient client, Uri page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Add(Header, name);
        if (person is not null) request.Headers.Add("Cookie", person.CookieHeader(page));
        try
        {
            using var answer = await client.SendAsync(request, CancellationToken.None);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
