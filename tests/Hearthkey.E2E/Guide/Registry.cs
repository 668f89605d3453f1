using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Guide;

/// <summary>What an admin does by the API where the guide does not click: people, groups, and a look into the events.</summary>
public static class Registry
{
    private static int _count;

    public static async Task<JsonNode> SendAsync(this GuideHouse house, HttpMethod method, string path, object? body = null)
    {
        using var client = house.CreateApiClient();
        using var request = new HttpRequestMessage(method, new Uri(house.Address, "/api/v3/" + path));
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)answer.StatusCode} {text}\n{house.Server.Log}");
        return answer.StatusCode == HttpStatusCode.NoContent || text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public static Task<JsonNode> GetAsync(this GuideHouse house, string path) => house.SendAsync(HttpMethod.Get, path);

    public static Task<JsonNode> PostAsync(this GuideHouse house, string path, object body) => house.SendAsync(HttpMethod.Post, path, body);

    public static Task<JsonNode> PatchAsync(this GuideHouse house, string path, object body) => house.SendAsync(HttpMethod.Patch, path, body);

    /// <summary>The only row of a list that a filter leaves.</summary>
    public static async Task<JsonNode> FindAsync(this GuideHouse house, string pathAndFilter) =>
        (await house.GetAsync(pathAndFilter))["results"]!.AsArray().ShouldHaveSingleItem()!;

    /// <summary>A new person who is in no group.</summary>
    public static async Task<Person> AddPersonAsync(this GuideHouse house, string username = "ada")
    {
        username = $"{username}{Interlocked.Increment(ref _count)}";
        var (name, email) = ($"{char.ToUpperInvariant(username[0])}{username[1..]} Lovelace", $"{username}@home.test");
        var user = await house.PostAsync("core/users/", new { username, name, email, is_active = true, path = "users" });
        var pk = (int)user["pk"]!;
        var person = new Person(pk, username, name, email, $"a long password of {username}");
        await house.SetPasswordAsync(person, person.Password);
        return person;
    }

    public static Task SetPasswordAsync(this GuideHouse house, Person person, string password) =>
        house.PostAsync($"core/users/{person.Pk}/set_password/", new { password });

    /// <summary>A new group with these members; its key.</summary>
    public static async Task<string> AddGroupAsync(this GuideHouse house, string name, params Person[] members) =>
        (string)(await house.PostAsync("core/groups/", new { name, users = members.Select(member => member.Pk) }))["pk"]!;

    public static Task LeaveAsync(this GuideHouse house, Person person, string group) =>
        house.PostAsync($"core/groups/{group}/remove_user/", new { pk = person.Pk });

    /// <summary>Waits for an event that holds all these texts.</summary>
    public static async Task<JsonNode> EventAsync(this GuideHouse house, string action, params string[] texts)
    {
        JsonNode? found = null;
        var last = "";
        await Wait.ForAsync($"an event {action} with {string.Join(", ", texts)}", async () =>
        {
            var list = await house.GetAsync($"events/events/?action={action}&ordering=-created&page_size=100");
            last = list.ToJsonString();
            found = list["results"]!.AsArray().FirstOrDefault(item => texts.All(Plain(item!).Contains));
            return found is not null;
        }, TimeSpan.FromSeconds(10), () => last);
        return found!;
    }

    // the writer of JSON escapes what a person would read
    private static string Plain(JsonNode node) => System.Text.RegularExpressions.Regex.Unescape(node.ToJsonString());
}
