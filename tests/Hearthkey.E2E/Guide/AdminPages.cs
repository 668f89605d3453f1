using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Hearthkey.E2E.Guide;

/// <summary>The admin interface as a person uses it who only has the words of a guide.</summary>
public sealed class AdminPages(IPage page)
{
    public IPage Page => page;

    /// <summary>Clicks an entry of the navigation.</summary>
    public async Task OpenAsync(string list)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main navigation" }).GetByRole(AriaRole.Link, new() { Name = list, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = list, Exact = true, Level = 1 })).ToBeVisibleAsync();
    }

    /// <summary>Clicks Create in the list that is open, and a kind where one must be chosen.</summary>
    public async Task CreateAsync(string list, string? kind = null)
    {
        await OpenAsync(list);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Create" }).First.ClickAsync();
        if (kind is not null) await page.GetByText(kind, new() { Exact = true }).ClickAsync();
    }

    /// <summary>Opens an object's page from its list.</summary>
    public async Task ShowAsync(string list, string name)
    {
        await OpenAsync(list);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
    }

    /// <summary>Opens an object's form from its list.</summary>
    public async Task EditAsync(string list, string name)
    {
        await OpenAsync(list);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = $"Edit {name}", Exact = true }).ClickAsync();
    }

    public Task FillAsync(string label, string text) => Field(label).FillAsync(text);

    public async Task<string> ReadAsync(string label) => await Field(label).InputValueAsync();

    /// <summary>Chooses an option of a list by the beginning of what it says.</summary>
    public async Task ChooseAsync(string label, string option)
    {
        var field = Field(label);
        var value = await field.Locator("option").Filter(new() { HasTextRegex = new Regex("^" + Regex.Escape(option)) }).First.GetAttributeAsync("value");
        await field.SelectOptionAsync(value!);
    }

    /// <summary>Ticks a radio button or check box.</summary>
    public Task TickAsync(string label) => page.GetByLabel(label).CheckAsync();

    /// <summary>Presses the button at the end of the form, and waits until it was saved.</summary>
    public async Task SaveAsync()
    {
        var url = page.Url;
        await page.Locator("form#form .savebar").GetByRole(AriaRole.Button).Last.ClickAsync();
        await page.WaitForURLAsync(now => now != url);
    }

    private ILocator Field(string label) => page.GetByLabel(new Regex($@"^{Regex.Escape(label)}( \*)?$"));
}
