using System.Net;
using System.Text;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;

namespace Hearthkey.Tests.Outpost;

/// <summary>Header auth and identity headers where the outpost itself stands in front of the application: cases 31 and 32, forward-auth 3.4 to 3.7.</summary>
public sealed class ProxyHeaderTests
{
    [Fact]
    public async Task A_program_gets_in_and_its_app_password_does_not()
    {
        await using var site = await StartAsync();
        site.Outpost.Core.Programs[(OutpostSite.Single.Pk, "ada", "canary")] = new(new() { Username = "ada", Uid = "u" }, 1, null, RequestLimits.None);

        var lines = await site.EchoAsync("/x", "Authorization: " + Basic("ada", "canary"));

        lines.ShouldContain(l => l.Equals("X-authentik-username: ada", StringComparison.OrdinalIgnoreCase));
        lines.ShouldNotContain(l => l.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(true, 401)]
    [InlineData(false, 302)]
    public async Task A_wrong_one_is_told_so_where_the_provider_intercepts(bool intercepts, int status)
    {
        await using var site = await StartAsync(p => p with { InterceptsAuthorization = intercepts });

        using var response = await site.GetAsync("/x", "Authorization: Basic eDp5", "Accept: text/html");

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task A_limit_looks_at_the_method_of_the_request_itself()
    {
        await using var site = await StartAsync();
        site.Outpost.Core.Programs[(OutpostSite.Single.Pk, "ada", "canary")] = new(new() { Username = "ada", Uid = "u" }, 1, null, RequestLimits.Of(["GET"], ["/api/.*"]));

        using var get = await site.GetAsync("/api/x", "Authorization: " + Basic("ada", "canary"));
        using var other = await site.GetAsync("/other", "Authorization: " + Basic("ada", "canary"), "X-Original-Method: GET");

        get.StatusCode.ShouldBe(HttpStatusCode.OK);
        other.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Basic_of_ours_takes_the_place_of_the_clients_and_a_blank_one_takes_it_out()
    {
        await using var site = await StartAsync(p => p with { InjectsAuthorization = true });
        site.Outpost.Core.People[1] = site.Outpost.Core.People[1] with { Authorization = Basic("svc", "secret") };
        await site.SignInAsync();

        (await site.EchoAsync("/x", "Authorization: Basic b3duOm93bg==")).ShouldContain(l => l.Equals("Authorization: Basic c3ZjOnNlY3JldA==", StringComparison.OrdinalIgnoreCase));

        site.Outpost.Core.People[1] = site.Outpost.Core.People[1] with { Authorization = "" };
        site.Outpost.Outpost.Sessions.ForgetAll();
        (await site.EchoAsync("/x", "Authorization: Basic b3duOm93bg==")).ShouldNotContain(l => l.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Names_of_the_provider_are_ours_to_say_however_they_are_spelt()
    {
        await using var site = await StartAsync(p => p with { HeaderNames = new("X-User", "X-Teams", "", "X-Full-Name") });
        string[] forged = ["X-User: root", "x_user: root", "X_TEAMS: admins", "X-Full-Name: Root"];

        var nobody = await site.EchoAsync("/public", forged);
        nobody.ShouldNotContain(l => l.Contains("root", StringComparison.OrdinalIgnoreCase) || l.Contains("admins", StringComparison.Ordinal));
        site.Outpost.Core.People[1] = site.Outpost.Core.People[1] with { GroupList = "a,b c", Name = "Änne" };
        await site.SignInAsync();
        var somebody = await site.EchoAsync("/x", forged);

        somebody.ShouldContain(l => l.Equals("X-User: ada", StringComparison.OrdinalIgnoreCase));
        somebody.ShouldContain(l => l.Equals("X-Teams: a,b c", StringComparison.OrdinalIgnoreCase));
        somebody.Count(l => l.Replace('_', '-').StartsWith("X-User:", StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
    }

    private static Task<ProxySite> StartAsync(Func<ProxyProvider, ProxyProvider>? change = null) => ProxySite.StartAsync(isSignedIn: false, change);

    private static string Basic(string name, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"));
}
