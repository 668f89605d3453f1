using Hearthkey.Hosting;
using Hearthkey.Tests.Flows.Support;

namespace Hearthkey.Tests.Admin.Support;

/// <summary>What an admin does in a browser without JavaScript.</summary>
internal static class AdminForms
{
    /// <summary>Opens a page and sends a form of it with these fields.</summary>
    public static Task<FlowPageSeen> SaveAsync(this FlowBrowser browser, string path, params (string Name, string Value)[] fields) =>
        browser.SaveAsync(path, path, fields);

    /// <summary>Opens a page and sends one of its forms to its address.</summary>
    public static async Task<FlowPageSeen> SaveAsync(this FlowBrowser browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var seen = await browser.GetAsync(page);
        return await browser.PostAsync(action, Values(seen, fields));
    }

    /// <summary>The fields together with the token of the page.</summary>
    public static Dictionary<string, string> Values(FlowPageSeen page, params (string Name, string Value)[] fields)
    {
        var values = fields.ToDictionary(f => f.Name, f => f.Value);
        values[Csrf.Field] = page.Hidden()[Csrf.Field];
        return values;
    }
}
