using System.Text.Json.Nodes;

namespace Hearthkey.E2E.Api;

/// <summary><c>policies/bindings</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class BindingsTests(ApiHouse house)
{
    private readonly ResourceSteps _bindings = new(house.Api, "policiesApi.policiesBindings", "policyBindingUuid", "policyBindingRequest");

    [Fact]
    public async Task A_binding_lives_from_its_creation_to_its_end_and_decides_meanwhile()
    {
        var user = await house.AddUserAsync("binding-user");
        var group = (await house.Api.CallAsync("coreApi.coreGroupsCreate", new { groupRequest = new { name = "binding-group" } })).ShouldBe(201).Body!["pk"]!.ToString();
        var target = await AddApplicationAsync("binding-life");

        var pk = (await _bindings.CreateAsync(new { target, group, order = 3 })).ShouldBe(201).Body!["pk"]!.ToString();
        (await MayOpenAsync("binding-life", user)).ShouldBeFalse();
        (await _bindings.PatchAsync(pk, new { negate = true })).ShouldBe(200).Body!["group_obj"]!["name"]!.ToString().ShouldBe("binding-group");
        (await MayOpenAsync("binding-life", user)).ShouldBeTrue();
        (await _bindings.PutAsync(pk, new { target, user, order = 4, negate = false })).Status.ShouldBe(400);
        (await _bindings.RetrieveAsync(pk)).ShouldBe(200).Body!["order"]!.GetValue<int>().ShouldBe(3);
        var ofUser = (await _bindings.CreateAsync(new { target, user, order = 5, enabled = false })).ShouldBe(201).Body!["pk"]!.ToString();
        (await _bindings.PutAsync(ofUser, new { target, user, order = 6, enabled = true })).ShouldBe(200).Body!["user_obj"]!["username"]!.ToString().ShouldBe("binding-user");
        (await _bindings.UsedByAsync(pk)).ShouldBe(200);
        (await _bindings.DeleteAsync(pk)).ShouldBe(204);
        (await _bindings.RetrieveAsync(pk)).ShouldBe(404);
    }

    [Fact]
    public async Task A_list_is_narrowed_and_ordered()
    {
        var user = await house.AddUserAsync("binding-list");
        var target = await AddApplicationAsync("binding-list");
        foreach (var order in new[] { 2, 1 }) (await _bindings.CreateAsync(new { target, user, order, enabled = order == 1 })).ShouldBe(201);

        (await _bindings.NamesAsync("order", new { target })).ShouldBe(["1", "2"]);
        (await _bindings.NamesAsync("order", new { target, ordering = "-order" })).ShouldBe(["2", "1"]);
        (await _bindings.NamesAsync("order", new { target, enabled = true })).ShouldBe(["1"]);
        (await _bindings.NamesAsync("order", new { target, order = 2 })).ShouldBe(["2"]);
        (await _bindings.NamesAsync("order", new { targetIn = new[] { target } })).ShouldBe(["1", "2"]);
        (await _bindings.NamesAsync("order", new { target, policyIsnull = false })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Mistakes_are_told_by_field()
    {
        var user = await house.AddUserAsync("binding-odd");
        var target = await AddApplicationAsync("binding-odd");
        const string nothing = "0197f3a2-7f0e-7c3b-8a7b-2f4f2f9c1d11";

        await _bindings.RefusesAsync(new { target, order = 1 }, "non_field_errors");
        await _bindings.RefusesAsync(new { target = nothing, user, order = 1 }, "target");
        await _bindings.RefusesAsync(new { target, user = 987654, order = 1 }, "user");
        await _bindings.RefusesAsync(new { target, group = nothing, order = 1 }, "group");
        await _bindings.RefusesAsync(new { target, policy = nothing, order = 1 }, "policy");
        await _bindings.RefusesAsync(new { target, user, order = 1, timeout = 5 }, "timeout");
        await _bindings.RefusesAsync(new { target, user, order = 1, failureResult = true }, "failure_result");
    }

    private async Task<string> AddApplicationAsync(string slug)
    {
        var made = await house.Api.CallAsync("coreApi.coreApplicationsCreate", new { applicationRequest = new { name = slug, slug } });
        return made.ShouldBe(201).Body!["pbm_uuid"]!.ToString();
    }

    // a change is in force within a moment
    private async Task<bool> MayOpenAsync(string slug, long forUser)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        JsonNode answer = (await house.Api.CallAsync("coreApi.coreApplicationsCheckAccessRetrieve", new { slug, forUser })).ShouldBe(200).Body!;
        return answer["passing"]!.GetValue<bool>();
    }
}
