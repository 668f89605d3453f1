using Hearthkey.Hosting;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>
/// Icons of applications may stand on other hosts. A page that shows them lets the browser fetch images, and nothing else, from the hosts that an
/// admin has named: every other host stays closed, and no host is told which page asked (<c>Referrer-Policy: same-origin</c>).
/// </summary>
public static class ApplicationIcons
{
    /// <summary>Most hosts in a header (own choice): about 1 KB.</summary>
    private const int Most = 30;

    private const string OwnImages = "img-src 'self'";

    /// <summary>Widens the content security policy of this answer, which must be set before.</summary>
    public static void AllowApplicationIcons(this HttpContext context)
    {
        var hosts = context.RequestServices.GetRequiredService<Snapshots>().Current.Get<ApplicationsPart>().IconHosts;
        if (hosts.Length == 0) return;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.ToString().Replace(OwnImages, $"{OwnImages} {hosts}", StringComparison.Ordinal);
    }

    /// <summary>The origins of these icons as a policy names them, by spaces; those of our own are none.</summary>
    internal static string HostsOf(IEnumerable<string> icons) => string.Join(' ', icons
        .Select(icon => Uri.TryCreate(icon, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? Origin.Of(new Uri(icon)).ToString() : null)
        .OfType<string>().Where(IsPlain).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(Most));

    // nothing that could end the directive
    private static bool IsPlain(string origin) => origin.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '/' or '[' or ']');
}
