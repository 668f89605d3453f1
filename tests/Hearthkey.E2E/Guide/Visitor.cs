using System.Net;
using Hearthkey.E2E.Support;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>A person with a browser of their own.</summary>
public sealed class Visitor(GuideHouse house, IPage page)
{
    public IPage Page => page;

    public AdminPages Admin => new(page);

    /// <summary>A browser that nobody has signed in with.</summary>
    public static async Task<Visitor> ComeAsync(GuideHouse house, bool javaScript = true, bool dark = false, bool phone = false) =>
        new(house, await house.Browser.NewPageAsync(javaScript, dark, phone));

    public async Task<IResponse> GoAsync(Uri url) => (await page.GotoAsync(url.ToString()))!;

    /// <summary>Fills the sign-in pages that are open, and waits until they are left.</summary>
    public async Task SignInAsync(Person person)
    {
        await page.FillAsync("#uid_field", person.Username);
        await page.PressAsync("#uid_field", "Enter");
        await page.FillAsync("#password", person.Password);
        await page.PressAsync("#password", "Enter");
        await page.WaitForURLAsync(now => !now.Contains("/if/flow/", StringComparison.Ordinal));
    }

    /// <summary>Opens an address that asks for a login, and signs in.</summary>
    public async Task SignInAtAsync(Uri url, Person person)
    {
        await GoAsync(url);
        await ShouldBeAskedToSignInAsync();
        await SignInAsync(person);
    }

    public Task ShouldBeAskedToSignInAsync() => Assertions.Expect(page.Locator("#uid_field")).ToBeVisibleAsync();

    /// <summary>What the app behind the page that is open received.</summary>
    public async Task<EchoRequest> EchoAsync(string app)
    {
        var text = await page.InnerTextAsync("body");
        text.ShouldStartWith("{", customMessage: page.Url);
        var echo = System.Text.Json.JsonSerializer.Deserialize<EchoRequest>(text, System.Text.Json.JsonSerializerOptions.Web)!;
        echo.App.ShouldBe(app);
        return echo;
    }

    /// <summary>Asks from outside the browser, with its cookies.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri url, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var client = house.CreateClient();
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (await CookiesAsync(url) is { Length: > 0 } cookies) request.Headers.Add("Cookie", cookies);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The status that nginx gets for this address with the cookies of this browser.</summary>
    public Task<HttpStatusCode> CheckAsync(Uri url) => CheckRawAsync(url.ToString());

    /// <summary>The same for an address that <see cref="Uri"/> would tidy up.</summary>
    public async Task<HttpStatusCode> CheckRawAsync(string url)
    {
        using var answer = await Checks.AskAsync(house, url, await CookiesAsync(new Uri(url)));
        return answer.StatusCode;
    }

    /// <summary>Signs in to a client; the sign-in at the server is open already.</summary>
    public async Task LogInWithAsync(OAuthClient client)
    {
        await GoAsync(new Uri(client.PublicUrl, "/login/start"));
        await Assertions.Expect(page.Locator("#name")).ToBeVisibleAsync();
    }

    /// <summary>Signs out in the portal, as a person does.</summary>
    public async Task SignOutAsync()
    {
        await GoAsync(new Uri(house.Address, "/if/user/"));
        await page.Locator("header .avatar").ClickAsync();
        await page.Locator("#account").GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("signed out");
    }

    private async Task<string> CookiesAsync(Uri url) =>
        string.Join("; ", (await page.Context.CookiesAsync([url.ToString()])).Select(cookie => $"{cookie.Name}={cookie.Value}"));
}
