using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>The admin interface as a person uses it who only has the words of a guide. A step that fails tells what the page says.</summary>
public sealed class AdminPages(IPage page)
{
    public IPage Page => page;

    /// <summary>Clicks an entry of the navigation.</summary>
    public Task OpenAsync(string list) => StepAsync(async () =>
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main", Exact = true }).GetByRole(AriaRole.Link, new() { Name = list, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = list, Exact = true, Level = 1 })).ToBeVisibleAsync();
    });

    /// <summary>Clicks Create in a list, and a kind where one must be chosen.</summary>
    public Task CreateAsync(string list, string? kind = null) => StepAsync(async () =>
    {
        await OpenAsync(list);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Create" }).First.ClickAsync();
        if (kind is not null) await page.GetByText(kind, new() { Exact = true }).ClickAsync();
    });

    /// <summary>Opens an object's page from its list.</summary>
    public Task ShowAsync(string list, string name) => StepAsync(async () =>
    {
        await OpenAsync(list);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
    });

    /// <summary>Opens an object's form from its list.</summary>
    public Task EditAsync(string list, string name) => StepAsync(async () =>
    {
        await OpenAsync(list);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = $"Edit {name}", Exact = true }).ClickAsync();
    });

    public Task FillAsync(string label, string text) => StepAsync(() => Field(label).FillAsync(text));

    public async Task<string> ReadAsync(string label)
    {
        var value = "";
        await StepAsync(async () => value = await Field(label).InputValueAsync());
        return value;
    }

    /// <summary>Chooses an option of a list by the beginning of what it says.</summary>
    public Task ChooseAsync(string label, string option) => StepAsync(async () =>
    {
        var field = Field(label);
        var value = await field.Locator("option").Filter(new() { HasTextRegex = new Regex("^" + Regex.Escape(option)) }).First.GetAttributeAsync("value");
        await field.SelectOptionAsync(value!);
    });

    /// <summary>Ticks a radio button or check box.</summary>
    public Task TickAsync(string label) => StepAsync(() => page.GetByLabel(label).CheckAsync());

    /// <summary>Presses the button at the end of the form, and waits until it was saved.</summary>
    public Task SaveAsync() => StepAsync(async () =>
    {
        var url = page.Url;
        await page.Locator("form#form .savebar").GetByRole(AriaRole.Button).Last.ClickAsync();
        await page.WaitForURLAsync(now => now != url);
    });

    private ILocator Field(string label) => page.GetByLabel(new Regex($@"^{Regex.Escape(label)}( \*)?$"));

    private async Task StepAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException)
        {
            throw new InvalidOperationException($"{e.Message}\n{page.Url}\n{await page.InnerTextAsync("body")}", e);
        }
    }
}
