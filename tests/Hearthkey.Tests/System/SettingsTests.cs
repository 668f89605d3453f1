using System.Text.Json;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Tests.Directory;

namespace Hearthkey.Tests.System;

/// <summary><c>admin/settings/</c>: what is taken takes effect, what is not built is refused.</summary>
public sealed class SettingsTests
{
    private const string Path = "admin/settings/";

    [Fact]
    public async Task Base_url_becomes_our_origin()
    {
        await using var site = await DirectorySite.StartAsync();

        var reply = await site.PatchAsync(Path, """{"base_url":"https://auth.home.test/"}""");

        reply.Status.ShouldBe(200, reply.ToString());
        reply.Body.GetProperty("base_url").GetString().ShouldBe("https://auth.home.test");
        (await site.GetAsync(Path)).Body.GetProperty("base_url").GetString().ShouldBe("https://auth.home.test");
        await UntilAsync(() => site.Get<Origins>().Base?.ToString() == "https://auth.home.test");
    }

    /// <summary>DESIGN 6.9: every issuer is made of it.</summary>
    [Fact]
    public async Task Base_url_is_changed_by_a_browser_only_after_a_recent_proof()
    {
        await using var site = await DirectorySite.StartAsync();
        var editor = site.Get<Hearthkey.System.SettingsEditor>();
        var now = site.Time.GetUtcNow();
        var fresh = new Caller(1, Guid.Empty, "akadmin", "", IsSuperuser: true, IsBrowser: true, now);
        var stale = fresh with { AuthAt = now - StepUp.Lifetime };

        (await UpdateAsync(stale, """{"base_url":"https://evil.test"}""")).Code.ShouldBe(StepUp.Code);
        (await UpdateAsync(stale, """{"event_retention":"days=9"}""")).Value.ShouldNotBeNull();
        (await UpdateAsync(fresh, """{"base_url":"https://auth.home.test"}""")).Value.ShouldNotBeNull().BaseUrl.ShouldBe("https://auth.home.test");
        (await UpdateAsync(stale, """{"base_url":"https://auth.home.test"}""")).Value.ShouldNotBeNull("it is as it was");

        Task<Outcome<Hearthkey.Brands.InstanceSettings>> UpdateAsync(Caller caller, string json) =>
            editor.UpdateAsync(caller, Hearthkey.Audit.Actor.Server, JsonElement.Parse(json), isPartial: true, DirectorySite.Ct);
    }

    [Theory]
    [InlineData("auth.home.test", "Write scheme and host")]
    [InlineData("https://auth.home.test/sso/", "without a path")]
    [InlineData("ftp://auth.home.test", "Write scheme and host")]
    public async Task Base_url_is_refused_when_it_is_no_origin(string url, string because)
    {
        await using var site = await DirectorySite.StartAsync();

        var reply = await site.PatchAsync(Path, $$"""{"base_url":"{{url}}"}""");

        reply.Status.ShouldBe(400);
        reply.Error("base_url").ShouldContain(because);
    }

    [Fact]
    public async Task Base_url_cannot_be_taken_away_again()
    {
        await using var site = await DirectorySite.StartAsync();
        await site.PatchAsync(Path, """{"base_url":"https://auth.home.test"}""");

        (await site.PatchAsync(Path, """{"base_url":""}""")).Error("base_url").ShouldContain("cannot be removed");
    }

    [Fact]
    public async Task Base_url_is_locked_where_the_environment_sets_it()
    {
        await using var site = await DirectorySite.StartAsync(null, ("WEB__BASE_URL", "https://auth.home.test"));

        (await site.GetAsync(Path)).Body.GetProperty("base_url").GetString().ShouldBe("https://auth.home.test");
        var reply = await site.PatchAsync(Path, """{"base_url":"https://other.test"}""");
        reply.Status.ShouldBe(400);
        reply.Error("base_url").ShouldContain("WEB__BASE_URL");
        (await site.PatchAsync(Path, """{"base_url":"https://auth.home.test"}""")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Event_retention_is_in_force_for_new_events()
    {
        await using var site = await DirectorySite.StartAsync();
        (await site.PatchAsync(Path, """{"event_retention":"days=2"}""")).Status.ShouldBe(200);
        await UntilAsync(() => site.Get<Hearthkey.Audit.AuditLog>().Retention == TimeSpan.FromDays(2));

        await site.AddGroupAsync("crew");

        var events = (await site.GetAsync("events/events/?action=model_created")).Body.GetProperty("results").EnumerateArray();
        var newest = events.Single(e => e.GetProperty("context").GetProperty("model").GetProperty("name").GetString() == "crew");
        (newest.GetProperty("expires").GetDateTimeOffset() - newest.GetProperty("created").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(2));
    }

    [Fact]
    public async Task Page_sizes_are_in_force_for_lists()
    {
        await using var site = await DirectorySite.StartAsync();
        for (var i = 0; i < 5; i++) await site.AddGroupAsync("crew" + i);
        (await site.PatchAsync(Path, """{"pagination_default_page_size":2,"pagination_max_page_size":3}""")).Status.ShouldBe(200);
        await UntilAsync(() => site.Get<Hearthkey.Resources.PageSizes>().Most == 3);

        (await site.GetAsync("core/groups/")).Names("name").Count().ShouldBe(2);
        (await site.GetAsync("core/groups/?page_size=50")).Names("name").Count().ShouldBe(3);
    }

    [Fact]
    public async Task Token_duration_and_length_are_in_force_for_new_tokens()
    {
        await using var site = await DirectorySite.StartAsync();
        (await site.PatchAsync(Path, """{"default_token_duration":"hours=3","default_token_length":80}""")).Status.ShouldBe(200);
        await UntilAsync(() => site.Get<Hearthkey.Storage.Snapshots>().Current.Get<Hearthkey.Brands.InstanceSettings>().DefaultTokenLength == 80);

        var made = await site.PostAsync("core/tokens/", """{"identifier":"deploy"}""");
        made.Status.ShouldBe(201, made.ToString());
        made.Body.GetProperty("expires").GetDateTimeOffset().ShouldBe(site.Time.GetUtcNow() + TimeSpan.FromHours(3));
        (await site.GetAsync("core/tokens/deploy/view_key/")).Body.GetProperty("key").GetString()!.Length.ShouldBe(80);
    }

    [Theory]
    [InlineData("avatars", "\"gravatar\"")]
    [InlineData("default_user_change_name", "false")]
    [InlineData("default_user_change_email", "true")]
    [InlineData("default_user_change_username", "true")]
    [InlineData("reputation_lower_limit", "-6")]
    [InlineData("reputation_upper_limit", "6")]
    [InlineData("footer_links", """[{"name":"Help","href":"https://help.test"}]""")]
    [InlineData("gdpr_compliance", "false")]
    [InlineData("impersonation", "false")]
    [InlineData("impersonation_require_reason", "false")]
    [InlineData("flags", """{"flows_continuous_login":true}""")]
    public async Task A_setting_that_is_not_built_is_refused(string field, string value)
    {
        await using var site = await DirectorySite.StartAsync();

        var reply = await site.PatchAsync(Path, $$"""{"{{field}}":{{value}}}""");

        reply.Status.ShouldBe(400, reply.ToString());
        reply.Error(field).ShouldContain("not built yet");
    }

    [Theory]
    [InlineData("event_retention", "\"seconds=0\"")]
    [InlineData("event_retention", "\"soon\"")]
    [InlineData("default_token_length", "8")]
    [InlineData("default_token_duration", "\"seconds=0\"")]
    [InlineData("pagination_default_page_size", "0")]
    [InlineData("pagination_default_page_size", "101")]
    [InlineData("pagination_max_page_size", "100000")]
    public async Task A_value_out_of_reach_is_refused(string field, string value)
    {
        await using var site = await DirectorySite.StartAsync();

        var reply = await site.PatchAsync(Path, $$"""{"{{field}}":{{value}}}""");

        reply.Status.ShouldBe(400, reply.ToString());
        reply.Error(field).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Put_needs_the_flags_and_takes_back_what_get_gave()
    {
        await using var site = await DirectorySite.StartAsync();
        var all = (await site.GetAsync(Path)).Body;

        (await site.SendAsync("PUT", Path, """{"event_retention":"days=3"}""", DirectorySite.AdminKey)).Error("flags").ShouldBe("This field is required.");
        var back = await site.SendAsync("PUT", Path, all.GetRawText(), DirectorySite.AdminKey);
        back.Status.ShouldBe(200, back.ToString());
        JsonElement.DeepEquals(back.Body, all).ShouldBeTrue(back.ToString());
    }

    [Fact]
    public async Task A_change_leaves_an_event_with_the_names_of_the_fields()
    {
        await using var site = await DirectorySite.StartAsync();

        await site.PatchAsync(Path, """{"event_retention":"days=3"}""");

        var context = (await site.EventsAsync("model_updated"))[^1];
        context.ShouldContain("event_retention");
        context.ShouldContain("authentik_tenants");
    }

    internal static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 400 && !isSo(); i++) await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, TestContext.Current.CancellationToken);
        isSo().ShouldBeTrue();
    }
}
