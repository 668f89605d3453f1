using System.Reflection;
using System.Text.Json;
using Hearthkey.Resources;
using Hearthkey.Tests.Directory;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Architecture;

/// <summary>
/// Each field that the API takes does something, and <c>effects.approved.txt</c> names the test that shows it; a field whose behaviour is not
/// built yet stands there as <c>refused</c>, and whatever differs from its default is. The fields are those that the resources themselves read.
/// When this fails, <c>effects.received.txt</c> has the lines that it should have, with <c>?</c> where a test is to be named.
/// </summary>
public sealed class FieldEffects
{
    private const string Refused = "refused";

    private const string Settings = "admin/settings/";

    /// <summary>Doors with a body of their own, and what it has.</summary>
    private static readonly Dictionary<string, string[]> _others = new()
    {
        ["core/groups/{key}/add_user/"] = ["pk"],
        ["core/groups/{key}/remove_user/"] = ["pk"],
        ["core/tokens/{key}/set_key/"] = ["key"],
        ["core/users/service_account/"] = ["create_group", "expires", "expiring", "name"],
        ["core/users/{key}/set_password/"] = ["password"],
        ["crypto/certificatekeypairs/generate/"] = ["alg", "common_name", "subject_alt_name", "validity_days"],
        ["events/events/export/"] = [],
    };

    private static readonly string _folder = Path.Combine(Checkout.Root, "tests", "Hearthkey.Tests", "Architecture");

    [Fact]
    public async Task Every_field_is_refused_or_has_a_test_that_shows_its_effect()
    {
        await using var site = await DirectorySite.StartAsync();
        var (approvedPath, receivedPath) = (Path.Combine(_folder, "effects.approved.txt"), Path.Combine(_folder, "effects.received.txt"));
        var approved = Approved();
        var fields = (await FieldsAsync(site)).OrderBy(f => f.Line, StringComparer.Ordinal).ToList();
        fields.Count.ShouldBeGreaterThan(100);
        File.Delete(receivedPath);
        var received = fields.Select(f => $"{f.Line}  {(f.Only is not null ? Refused : approved.GetValueOrDefault(f.Line, "?"))}").ToList();
        if (received.SequenceEqual(approved.Select(a => $"{a.Key}  {a.Value}"))) return;

        await File.WriteAllTextAsync(receivedPath, string.Join('\n', received) + "\n", TestContext.Current.CancellationToken);
        received.ShouldBe(approved.Select(a => $"{a.Key}  {a.Value}"), $"compare {receivedPath} with {approvedPath}");
    }

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        var tests = typeof(FieldEffects).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(m => m.GetCustomAttributes<FactAttribute>().Any()).Select(m => $"{type.FullName!["Hearthkey.Tests.".Length..]}.{m.Name}")).ToHashSet();

        foreach (var (field, shown) in Approved().Where(a => a.Value != Refused))
        {
            foreach (var test in shown.Split(", "))
                tests.ShouldContain(test, field);
        }
    }

    [Fact]
    public async Task What_is_refused_takes_nothing_but_its_default()
    {
        await using var site = await DirectorySite.StartAsync();
        var refused = (await FieldsAsync(site)).Where(f => f.Only is not null).ToList();
        refused.ShouldNotBeEmpty();

        foreach (var field in refused)
        {
            foreach (var other in Others(field.Only!.Value))
            {
                var reply = await site.SendAsync(field.Method, field.Path, $$"""{"{{field.Name}}":{{other}}}""", DirectorySite.AdminKey);
                reply.Status.ShouldBe(400, $"{field.Line} {other}");
                reply.Body.TryGetProperty(field.Name, out _).ShouldBeTrue($"{field.Line} {other}: {reply}");
            }
        }
    }

    private static Dictionary<string, string> Approved() => File.ReadAllLines(Path.Combine(_folder, "effects.approved.txt"))
        .Select(line => line.Split("  ")).ToDictionary(parts => parts[0], parts => parts[1]);

    /// <summary>Values of each kind of JSON that are neither empty nor the default; of an object, the same with its flags turned around.</summary>
    private static IEnumerable<string> Others(JsonElement only) => only.ValueKind == JsonValueKind.Object
        ? only.EnumerateObject().Select(p => $$"""{"{{p.Name}}":{{(p.Value.ValueKind == JsonValueKind.True ? "false" : "true")}}}""")
        : ((string[])["true", "false", "7", "\"another\"", "[\"another\"]", """{"another":1}"""]).Where(text => !JsonElement.DeepEquals(JsonElement.Parse(text), only));

    /// <summary>What the resources read, what the settings have, and what the other writing doors take.</summary>
    private static async Task<List<Field>> FieldsAsync(DirectorySite site)
    {
        var fields = new List<Field>();
        foreach (var resource in site.Services.GetServices<Resource>())
        {
            foreach (var field in resource.Describe().Fields)
                fields.Add(new($"{resource.Path} {field.Name}", "POST", resource.Path + "/", field.Name, Only(field)));
        }
        // it is not shown before it is set
        (await site.PatchAsync(Settings, """{"base_url":"http://id.test"}""")).Status.ShouldBe(200);
        foreach (var setting in (await site.GetAsync(Settings)).Body.EnumerateObject())
        {
            var other = Others(setting.Value).Last();
            var reply = await site.PatchAsync(Settings, $$"""{"{{setting.Name}}":{{other}}}""");
            reply.Status.ShouldBe(400, setting.Name);
            var isBuilt = !reply.Error(setting.Name).Contains("not built yet", StringComparison.Ordinal);
            fields.Add(new($"admin/settings {setting.Name}", "PATCH", Settings, setting.Name, isBuilt ? null : setting.Value));
        }
        var doors = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v3/", StringComparison.Ordinal) && e.Metadata.GetMetadata<ResourceDoor>() is null)
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Any(m => m is "POST" or "PUT" or "PATCH"))
            .Select(e => e.RoutePattern.RawText!.TrimStart('/')["api/v3/".Length..]).Distinct().ToList();
        doors.ShouldBe([.. _others.Keys, Settings], ignoreOrder: true, "say in this test what a new door takes");
        fields.AddRange(_others.SelectMany(door => door.Value.Select(name => new Field($"{door.Key.TrimEnd('/')} {name}", "POST", door.Key, name, null))));
        return fields;
    }

    /// <summary>The value that must stay, of a field that is not built or has a single choice.</summary>
    private static JsonElement? Only(FieldShape field) => field switch
    {
        { OnlyJson: { } only } => JsonElement.Parse(only),
        { Choices: [var choice] } => JsonElement.Parse($"\"{choice}\""),
        _ => null,
    };

    /// <param name="Only">The one value that is taken as long as its behaviour is not built.</param>
    private sealed record Field(string Line, string Method, string Path, string Name, JsonElement? Only);
}
