using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.OidcProvider;
using Hearthkey.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.OidcProvider;

/// <summary>DESIGN 6.9: what says where codes go and who may have them is changed by somebody who has just proved who they are.</summary>
public sealed class StepUpTests
{
    [Theory]
    [InlineData("""{"client_type":"public"}""", true)]
    [InlineData("""{"grant_types":["authorization_code"]}""", true)]
    [InlineData("""{"redirect_uris":[{"matching_mode":"strict","url":"https://evil.test/"}]}""", true)]
    [InlineData("""{"client_secret":"a-secret-that-somebody-else-knows-as-well"}""", true)]
    [InlineData("""{"client_id":"other"}""", true)]
    [InlineData("""{"name":"renamed","access_token_validity":"minutes=5"}""", false)]
    public async Task Changing_what_a_client_is_needs_a_recent_proof(string change, bool isNeeded)
    {
        await using var site = await ProviderSite.StartAsync();
        var app = await TestApp.RegisterAsync(site);
        var providers = site.Services.GetRequiredService<OAuth2Providers>();
        var key = app.Pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture);

        (await UpdateAsync(Stale(site))).Code.ShouldBe(isNeeded ? StepUp.Code : null);
        (await UpdateAsync(Fresh(site))).Value.ShouldNotBeNull();

        Task<Outcome<OAuth2Provider>> UpdateAsync(Caller caller) =>
            providers.UpdateAsync(caller, Actor.Server, key, JsonElement.Parse(change), isPartial: true, ProviderSite.Ct);
    }

    [Fact]
    public async Task A_provider_with_redirect_uris_is_made_after_a_recent_proof()
    {
        await using var site = await ProviderSite.StartAsync();
        var providers = site.Services.GetRequiredService<OAuth2Providers>();
        var body = await TestApp.BodyAsync(site);

        (await CreateAsync(Stale(site), body)).Code.ShouldBe(StepUp.Code);
        (await CreateAsync(Fresh(site), body)).Value.ShouldNotBeNull();
        var without = await TestApp.BodyAsync(site, "without");
        without["redirect_uris"] = new JsonArray();
        var made = (await CreateAsync(Stale(site), without)).Value.ShouldNotBeNull();
        made.ClientSecret.ShouldBe("", "what was made for a browser whose proof is old is not shown to it");

        Task<Outcome<OAuth2Provider>> CreateAsync(Caller caller, JsonObject input) =>
            providers.CreateAsync(caller, Actor.Server, JsonElement.Parse(input.ToJsonString()), ProviderSite.Ct);
    }

    internal static Caller Stale(ProviderSite site) => At(site.Time.GetUtcNow() - StepUp.Lifetime);

    internal static Caller Fresh(ProviderSite site) => At(site.Time.GetUtcNow());

    private static Caller At(DateTimeOffset proved) => new(ProviderSite.Admin, Guid.Empty, "akadmin", "", IsSuperuser: true, IsBrowser: true, proved);
}
