using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost;

/// <summary>Tells a person who opens a page from what a page loads: images, scripts, calls and sockets cannot show a login.</summary>
internal static class Visit
{
    /// <summary>
    /// True where a login may start. Browsers say what they are about (Fetch Metadata) unless the address is plain http; then, and for
    /// programs, what is no upgrade, no call of a script and no obvious asset counts as a visit, as authentik has it.
    /// </summary>
    public static bool Is(IHeaderDictionary headers)
    {
        var mode = headers["Sec-Fetch-Mode"];
        if (mode.Count > 0)
            return mode.Count == 1 && mode[0] == "navigate";
        if (headers.ContainsKey("Upgrade") || headers.ContainsKey("Sec-WebSocket-Key")
            || headers["X-Requested-With"].ToString().Equals("XMLHttpRequest", StringComparison.OrdinalIgnoreCase))
            return false;
        var accept = headers.Accept.ToString();
        return accept.Length == 0 || accept.StartsWith("*/*", StringComparison.Ordinal) || accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The same where the request itself arrives here: its method is seen, and who does not say what it is about has to ask for a page.
    /// </summary>
    public static bool IsToPage(HttpRequest request) =>
        Is(request.Headers) && !HttpMethods.IsConnect(request.Method)
        && (IsSaid(request.Headers) || ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && Refusals.ReadsPages(request.HttpContext)));

    /// <summary>True where a browser says so itself: no program does.</summary>
    public static bool IsSaid(IHeaderDictionary headers) => headers["Sec-Fetch-Mode"] == "navigate";
}
