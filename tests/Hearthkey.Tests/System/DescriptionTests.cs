using System.Text.Json;
using Hearthkey.Tests.Directory;

namespace Hearthkey.Tests.System;

/// <summary><c>schema/</c>: says of each endpoint what it takes and gives, and of no other.</summary>
public sealed class DescriptionTests
{
    [Fact]
    public async Task Every_address_is_described_and_ends_with_a_slash()
    {
        await using var site = await DirectorySite.StartAsync();

        var document = (await site.GetAsync("schema/?format=json", key: null)).Body;

        document.GetProperty("openapi").GetString().ShouldBe("3.0.3");
        var paths = document.GetProperty("paths").EnumerateObject().ToList();
        paths.ShouldAllBe(p => p.Name.StartsWith('/') && p.Name.EndsWith('/'));
        paths.Select(p => p.Name).ShouldContain("/core/brands/{brand_uuid}/used_by/");
        var operations = paths.SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value.GetProperty("operationId").GetString()).ToList();
        operations.ShouldBeUnique();
        operations.ShouldContain("core_brands_partial_update");
        operations.ShouldContain("events_events_list");
    }

    [Fact]
    public async Task A_request_is_described_by_what_the_resource_reads()
    {
        await using var site = await DirectorySite.StartAsync();

        var schemas = (await site.GetAsync("schema/")).Body.GetProperty("components").GetProperty("schemas");

        var brand = schemas.GetProperty("BrandRequest");
        brand.GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldBe(["domain"]);
        brand.GetProperty("properties").GetProperty("flow_authentication").GetProperty("format").GetString().ShouldBe("uuid");
        brand.GetProperty("properties").GetProperty("web_certificate").GetProperty("description").GetString()!.ShouldContain("Not built yet");
        schemas.GetProperty("PatchedBrandRequest").TryGetProperty("required", out _).ShouldBeFalse();
        schemas.GetProperty("Brand").GetProperty("properties").GetProperty("default").GetProperty("type").GetString().ShouldBe("boolean");
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        await using var site = await DirectorySite.StartAsync();
        var document = (await site.GetAsync("schema/")).Body;
        var known = document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(s => "#/components/schemas/" + s.Name).ToHashSet();

        var used = References(document).Distinct().ToList();

        used.ShouldNotBeEmpty();
        used.ShouldBeSubsetOf(known);
    }

    [Fact]
    public async Task An_answer_has_the_members_that_its_description_requires()
    {
        await using var site = await DirectorySite.StartAsync();
        var schemas = (await site.GetAsync("schema/")).Body.GetProperty("components").GetProperty("schemas");

        foreach (var (path, name) in new[] { ("root/config/", "Config"), ("core/brands/current/", "CurrentBrand"), ("admin/version/", "Version"), ("admin/settings/", "Settings") })
        {
            var answer = (await site.GetAsync(path)).Body;
            foreach (var member in schemas.GetProperty(name).GetProperty("required").EnumerateArray())
                answer.TryGetProperty(member.GetString()!, out _).ShouldBeTrue($"{name}.{member}");
        }
    }

    [Fact]
    public async Task An_address_that_is_none_says_so()
    {
        await using var site = await DirectorySite.StartAsync();

        var reply = await site.GetAsync("core/nothing/");

        reply.Status.ShouldBe(404);
        reply.Error("detail").ShouldBe("There is no such address in this API.");
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == "$ref" ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
