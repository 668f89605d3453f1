using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hearthkey.E2E.Reliability;

/// <summary>
/// Writes through the API as fast as it is answered and remembers on this side what was acknowledged: the oracle of "nothing lost".
/// </summary>
public sealed class Journal(Uri address, string token)
{
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly ConcurrentDictionary<string, bool> _deleted = new();
    private int _next;

    public int Acknowledged => _acknowledged.Count;

    /// <summary>Writes with several workers until the server is gone.</summary>
    public Task WriteUntilGoneAsync(int workers) => Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync()));

    /// <summary>Compares what the server has with what it acknowledged; returns what is wrong.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync()
    {
        var groups = await NamesAsync("core/groups/?page_size=100&include_users=false", "name", _ => true);
        var created = await NamesAsync("events/events/?page_size=100&action=model_created", "context.model.name", n => n.StartsWith("journal-", StringComparison.Ordinal));
        var wrong = new List<string>();
        foreach (var name in _acknowledged.Keys)
        {
            if (!groups.Contains(name)) wrong.Add($"{name} was acknowledged and is missing");
            if (!created.Contains(name)) wrong.Add($"{name} was acknowledged and has no event");
        }
        wrong.AddRange(_deleted.Keys.Where(groups.Contains).Select(name => $"the delete of {name} was acknowledged and it is back"));
        wrong.AddRange(groups.Where(n => n.StartsWith("journal-", StringComparison.Ordinal) && !created.Contains(n)).Select(n => $"{n} is there without its event"));
        return wrong;
    }

    private async Task WorkAsync()
    {
        using var client = Client();
        try
        {
            while (true)
            {
                var name = $"journal-{Interlocked.Increment(ref _next)}";
                using var answer = await client.PostAsJsonAsync("core/groups/", new { name });
                if (answer.StatusCode != HttpStatusCode.Created) return;
                var uuid = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["pk"]!.GetValue<string>();
                if (_next % 5 != 0)
                {
                    _acknowledged[name] = true;
                    continue;
                }
                using var gone = await client.DeleteAsync(new Uri($"core/groups/{uuid}/", UriKind.Relative));
                if (gone.StatusCode == HttpStatusCode.NoContent) _deleted[name] = true;
            }
        }
        catch (HttpRequestException)
        {
        }
        catch (IOException)
        {
        }
        catch (TaskCanceledException)
        {
        }
    }

    private async Task<HashSet<string>> NamesAsync(string path, string member, Func<string, bool> isWanted)
    {
        using var client = Client();
        var names = new HashSet<string>();
        for (var page = 1; page > 0;)
        {
            var list = (await client.GetFromJsonAsync<JsonObject>($"{path}&page={page}"))!;
            foreach (var row in list["results"]!.AsArray())
            {
                JsonNode? node = row;
                foreach (var part in member.Split('.')) node = node?[part];
                if (node?.GetValue<string>() is { } name && isWanted(name)) names.Add(name);
            }
            page = list["pagination"]!["next"]!.GetValue<int>();
        }
        return names;
    }

    private HttpClient Client() => new()
    {
        BaseAddress = new Uri(address, "/api/v3/"),
        Timeout = TimeSpan.FromSeconds(20),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };
}
