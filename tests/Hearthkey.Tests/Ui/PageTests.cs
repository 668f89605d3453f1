using System.Net;
using System.Text.RegularExpressions;
using Hearthkey.Hosting;
using Hearthkey.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Ui;

public sealed partial class PageTests
{
    [Fact]
    public async Task An_error_page_shows_one_sentence_the_next_step_and_its_reference()
    {
        string? reference = null;
        await using var site = await UiSite.StartAsync(routes => routes.MapGet("/broken", IResult (HttpContext c) =>
        {
            reference = c.Reference();
            return c.FailurePage();
        }));

        using var answer = await site.GetAsync("/broken");
        var text = await ReadAsync(answer);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        reference.ShouldNotBeNull().ShouldMatch("^[2-9B-Z]{4}-[2-9B-Z]{4}$");
        text.ShouldContain($"<code>{reference}</code>");
        text.ShouldContain(WebUtility.HtmlEncode(Strings.FailureSentence));
        text.ShouldContain(WebUtility.HtmlEncode(Strings.FailureNext));
    }

    [Fact]
    public async Task An_error_inside_a_page_that_htmx_drives_replaces_the_content_alone()
    {
        await using var site = await UiSite.StartAsync(routes => routes.MapGet("/gone", IResult (HttpContext c) => c.NotFoundPage()));

        using var answer = await site.GetAsync("/gone", ("HX-Request", "true"), ("HX-Target", "div#list"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.GetValues("HX-Retarget").ShouldBe(["#main"]);
        (await ReadAsync(answer)).ShouldStartWith("<section");
    }

    [Fact]
    public async Task A_message_survives_one_redirect_and_is_encoded()
    {
        await using var site = await UiSite.StartAsync(routes =>
        {
            routes.MapPost("/save", IResult (HttpContext c) =>
            {
                c.Flash(nameof(Strings.WasSaved), "<b>Grafana</b> | {0}");
                return c.SeeOther("/page");
            });
            MapConfirmation(routes);
        });

        using var saved = await site.PostAsync("/save", []);

        saved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        saved.Headers.Location!.OriginalString.ShouldBe("/page");
        (await site.TextAsync("/page")).ShouldContain("&lt;b&gt;Grafana&lt;/b&gt; | {0} was saved.");
        (await site.TextAsync("/page")).ShouldNotContain("was saved");
    }

    [Theory]
    [InlineData("d|You%20are%20hacked")]
    [InlineData("d")]
    [InlineData("%|%|%")]
    public async Task A_planted_message_cookie_cannot_speak_for_us(string cookie)
    {
        await using var site = await UiSite.StartAsync(MapConfirmation);

        using var answer = await site.GetAsync("/page", ("Cookie", "hearthkey_flash=" + cookie));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync(answer)).ShouldContain("<div class=\"toasts\" role=\"status\"></div>");
    }

    [Fact]
    public async Task A_redirect_for_htmx_is_the_header_that_it_follows()
    {
        await using var site = await UiSite.StartAsync(routes => routes.MapGet("/save", IResult (HttpContext c) => c.SeeOther("/page")));

        using var answer = await site.GetAsync("/save", ("HX-Request", "true"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("HX-Redirect").ShouldBe(["/page"]);
    }

    [Fact]
    public async Task A_part_that_htmx_names_comes_without_the_page_around_it()
    {
        await using var site = await UiSite.StartAsync(MapConfirmation);

        using var part = await site.GetAsync("/page", ("HX-Request", "true"), ("HX-Target", "div#dialog"));
        using var restored = await site.GetAsync("/page", ("HX-Request", "true"), ("HX-Target", "div#dialog"), ("HX-History-Restore-Request", "true"));

        (await ReadAsync(part)).ShouldStartWith("<dialog");
        part.Headers.Vary.ShouldBe(["HX-Request", "HX-Target"]);
        (await ReadAsync(restored)).ShouldStartWith("<!doctype html>");
    }

    [Fact]
    public async Task A_confirmation_names_what_else_is_affected()
    {
        await using var site = await UiSite.StartAsync(MapConfirmation);

        var page = await site.TextAsync("/page");

        page.ShouldContain("Delete Grafana?");
        page.ShouldContain("<li><a href=\"/providers/1/\">grafana-oidc</a></li>");
        page.ShouldContain($"<input type=\"hidden\" name=\"{Csrf.Field}\" value=\"");
    }

    [Theory]
    [InlineData("/page")]
    [InlineData("/portal")]
    [InlineData("/error")]
    public async Task No_page_has_inline_style_or_script(string path)
    {
        await using var site = await UiSite.StartAsync(routes =>
        {
            MapConfirmation(routes);
            routes.MapGet("/portal", IResult (HttpContext c) => c.Confirm(new Confirmation("End?", "It ends.", "End", "/end", "/") { IsInPortal = true }));
            routes.MapGet("/error", IResult (HttpContext c) => c.ForbiddenPage());
        });

        using var answer = await site.GetAsync(path);
        var page = await ReadAsync(answer);

        Inline().Matches(page).Select(match => match.Value).ShouldBeEmpty();
        page.ShouldContain(Assets.Css);
        page.ShouldContain(Assets.Js);
    }

    [Fact]
    public async Task The_layout_shows_the_brand_the_person_and_where_one_is()
    {
        await using var site = await UiSite.StartAsync(
            MapConfirmation, services => services.AddSingleton(new BrandSource(_ => new BrandLook("Lab <1>", "/logo.png"))));

        var page = await site.TextAsync("/page");

        page.ShouldContain("<title>Delete Grafana? · Lab &lt;1&gt;</title>");
        page.ShouldContain("<img src=\"/logo.png\"");
        page.ShouldContain("mara@lab.example");
        page.ShouldMatch("<a href=\"/users/\" aria-current=\"page\">");
    }

    [Fact]
    public async Task A_theme_that_was_chosen_stays()
    {
        await using var site = await UiSite.StartAsync(MapConfirmation);
        var token = Token().Match(await site.TextAsync("/page")).Groups[1].Value;

        using var switched = await site.PostAsync("/-/theme/", new() { [Csrf.Field] = token, ["theme"] = "dark", ["back"] = "//evil.example" });

        switched.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        switched.Headers.Location!.OriginalString.ShouldBe("/");
        (await site.TextAsync("/page")).ShouldContain("<html lang=\"en\" data-theme=\"dark\">");
    }

    [Fact]
    public async Task A_theme_is_not_switched_without_the_forms_token()
    {
        await using var site = await UiSite.StartAsync(MapConfirmation);

        using var refused = await site.PostAsync("/-/theme/", new() { ["theme"] = "dark" });

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ReadAsync(refused)).ShouldContain(Strings.StaleFormNext);
    }

    [Fact]
    public void Every_message_of_the_catalog_can_be_read() =>
        typeof(Strings).GetProperties().Where(property => property.PropertyType == typeof(string))
            .Where(property => string.IsNullOrEmpty(Strings.ResourceManager.GetString(property.Name, Strings.Culture)))
            .ShouldBeEmpty();

    private static void MapConfirmation(IEndpointRouteBuilder routes) => routes.MapGet("/page", IResult (HttpContext c) => c.Confirm(
        new Confirmation("Delete Grafana?", "People lose access at once.", "Delete", "/page", "/") { Active = "/users/", UsedBy = [("grafana-oidc", "/providers/1/")] }));

    private static Task<string> ReadAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("<style|<script(?![^>]* src=)|\\sstyle=|\\son[a-z]+=|hx-on|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("name=\"csrf\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
