using System.Text.Json.Nodes;

namespace Hearthkey.E2E.Guide;

/// <summary>Providers and applications that a test needs of its own, made by the API.</summary>
public static class Catalog
{
    /// <summary>A proxy provider with an application of the same name, in the embedded outpost; the provider's key.</summary>
    /// <param name="house">Where.</param>
    /// <param name="name">Name of the provider and of the application.</param>
    /// <param name="externalHost">Address of the application.</param>
    /// <param name="isInOutpost">False leaves it out of every outpost.</param>
    /// <param name="more">Further fields, in the API's names.</param>
    public static async Task<int> AddProxyAsync(this GuideHouse house, string name, Uri externalHost, bool isInOutpost = true, JsonObject? more = null)
    {
        var fields = await house.FlowsAsync(name);
        fields["external_host"] = externalHost.GetLeftPart(UriPartial.Authority);
        fields["mode"] = "forward_single";
        foreach (var (key, value) in more ?? []) fields[key] = value?.DeepClone();
        var pk = (int)(await house.PostAsync("providers/proxy/", fields))["pk"]!;
        await house.AddApplicationAsync(name, pk);
        if (isInOutpost) await house.ServeAsync(pk);
        return pk;
    }

    /// <summary>A confidential OAuth 2 provider with an application of the same name; the provider as the API shows it.</summary>
    public static async Task<JsonNode> AddOAuthAsync(this GuideHouse house, string name, params string[] redirectUris)
    {
        var fields = await house.FlowsAsync(name);
        fields["client_type"] = "confidential";
        fields["redirect_uris"] = new JsonArray([.. redirectUris.Select(uri => new JsonObject { ["matching_mode"] = "strict", ["url"] = uri })]);
        var mappings = await house.GetAsync("propertymappings/provider/scope/?managed__isnull=false&page_size=50");
        fields["property_mappings"] = new JsonArray([.. mappings["results"]!.AsArray()
            .Where(mapping => (string)mapping!["scope_name"]! is "openid" or "email" or "profile" or "offline_access").Select(mapping => (JsonNode)(string)mapping!["pk"]!)]);
        fields["signing_key"] = (string)(await house.FindAsync("crypto/certificatekeypairs/?name=authentik+Self-signed+Certificate"))["pk"]!;
        var provider = await house.PostAsync("providers/oauth2/", fields);
        await house.AddApplicationAsync(name, (int)provider["pk"]!);
        return provider;
    }

    /// <summary>Selects a provider in the embedded outpost, beside those that are in it.</summary>
    public static async Task ServeAsync(this GuideHouse house, int provider)
    {
        await house.OutpostTurn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var outpost = await house.FindAsync("outposts/instances/?name__iexact=authentik+Embedded+Outpost");
            var providers = outpost["providers"]!.DeepClone().AsArray();
            providers.Add((JsonNode)provider);
            await house.PatchAsync($"outposts/instances/{outpost["pk"]}/", new { providers });
        }
        finally
        {
            house.OutpostTurn.Release();
        }
    }

    /// <summary>Binds a group to an application.</summary>
    public static async Task BindAsync(this GuideHouse house, string slug, string group)
    {
        var application = await house.GetAsync($"core/applications/{slug}/");
        await house.PostAsync("policies/bindings/", new { target = (string)application["pbm_uuid"]!, group, order = 0, enabled = true });
    }

    private static Task<JsonNode> AddApplicationAsync(this GuideHouse house, string name, int provider) =>
        house.PostAsync("core/applications/", new { name, slug = name.ToLowerInvariant().Replace(' ', '-'), provider });

    private static async Task<JsonObject> FlowsAsync(this GuideHouse house, string name) => new()
    {
        ["name"] = name,
        ["authorization_flow"] = await house.FlowAsync("default-provider-authorization-implicit-consent"),
        ["invalidation_flow"] = await house.FlowAsync("default-provider-invalidation-flow"),
    };

    private static async Task<string> FlowAsync(this GuideHouse house, string slug) => (string)(await house.GetAsync($"flows/instances/{slug}/"))["pk"]!;
}
