using System.Text.Json.Nodes;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Api;

/// <summary>The doors of one resource by the generated client's names; every answer is held against the API description.</summary>
/// <param name="prefix">Class of the client and beginning of its methods, such as <c>coreApi.coreGroups</c>.</param>
/// <param name="key">Name of the key's argument, such as <c>groupUuid</c>.</param>
/// <param name="body">Name of the body's argument, such as <c>groupRequest</c>.</param>
internal sealed class ResourceSteps(NodeClient api, string prefix, string key, string body)
{
    public Task<ApiAnswer> ListAsync(object? arguments = null) => api.CallAsync(prefix + "List", arguments);

    public Task<ApiAnswer> CreateAsync(object request) => api.CallAsync(prefix + "Create", With(request, body));

    public Task<ApiAnswer> RetrieveAsync(object of) => api.CallAsync(prefix + "Retrieve", With(of));

    public Task<ApiAnswer> PutAsync(object of, object request) => api.CallAsync(prefix + "Update", With(of, request, body));

    public Task<ApiAnswer> PatchAsync(object of, object request) =>
        api.CallAsync(prefix + "PartialUpdate", With(of, request, "patched" + char.ToUpperInvariant(body[0]) + body[1..]));

    public Task<ApiAnswer> UsedByAsync(object of) => api.CallAsync(prefix + "UsedByList", With(of));

    public Task<ApiAnswer> DeleteAsync(object of) => api.CallAsync(prefix + "Destroy", With(of));

    /// <summary>What a list gives, by one of its fields.</summary>
    public async Task<List<string>> NamesAsync(string field, object? arguments = null) =>
        [.. (await ListAsync(arguments)).ShouldBe(200).Results.Select(row => row![field]!.ToString())];

    /// <summary>Fails unless creating this is refused with a message for the field.</summary>
    public async Task RefusesAsync(object request, string field) => Refused(await CreateAsync(request), field);

    /// <summary>Fails unless this answer is a refusal with a message for the field.</summary>
    public static void Refused(ApiAnswer answer, string field)
    {
        answer.ShouldBe(400);
        answer.Body![field].ShouldBeOfType<JsonArray>($"{answer.Step}: {answer.Text}")[0]!.GetValue<string>().ShouldNotBeEmpty();
    }

    private Dictionary<string, object> With(object of) => new() { [key] = of };

    private static Dictionary<string, object> With(object request, string name) => new() { [name] = request };

    private Dictionary<string, object> With(object of, object request, string name) => new() { [key] = of, [name] = request };
}
