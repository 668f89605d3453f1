using System.Globalization;
using System.Text.RegularExpressions;

namespace Hearthkey.ForwardAuth;

/// <summary>A file under <c>deploy</c> with places for a provider's values, written <c>{{so}}</c>.</summary>
/// <param name="Title">What the text is, in the person's language.</param>
/// <param name="File">Its path below <c>deploy</c>, without the ending <c>.template</c>.</param>
internal sealed partial record ProxyTemplate(string Key, string Proxy, Func<string> Title, string File)
{
    private string? _template;

    /// <summary>A file without places that belongs to it.</summary>
    public string? Companion { get; init; }

    /// <param name="told">Null: what this provider's application is told.</param>
    public ProxyText Fill(ProxyProvider provider, string server, string app, ToldHeaders? told = null)
    {
        var host = Parse(provider.ExternalHost, "https://app.example.com");
        var serverUrl = Parse(server, "http://127.0.0.1:9000");
        var appUrl = Parse(app, ProxyTexts.AppPlaceholder);
        var isDomain = provider.Mode == ProxyProviders.Domain && provider.CookieDomain.Length > 0;
        // a provider for a whole domain is asked for each of its hosts: the text shows one
        var hostName = isDomain ? "app." + OneLine(provider.CookieDomain).TrimStart('.') : host.IdnHost;
        var slug = provider.AssignedApplicationSlug ?? "";
        var values = new Dictionary<string, string>
        {
            ["name"] = OneLine(provider.Name),
            ["host"] = OneLine(provider.ExternalHost),
            ["site"] = new UriBuilder(host.Scheme, hostName, host.IsDefaultPort ? -1 : host.Port).Uri.GetLeftPart(UriPartial.Authority),
            ["host_name"] = hostName,
            // a slug can be any word, a number too: with a word before it, it is no name of ours
            ["key"] = slug.Length == 0 ? "app" : "app-" + slug,
            ["login_key"] = slug.Length == 0 ? "login" : "login-" + slug,
            ["kube_key"] = KubeName(slug.Length == 0 ? "app" : "app-" + slug),
            ["kube_login_key"] = KubeName(slug.Length == 0 ? "login" : "login-" + slug),
            ["server"] = server.TrimEnd('/'),
            ["server_name"] = serverUrl.IdnHost,
            ["server_port"] = serverUrl.Port.ToString(CultureInfo.InvariantCulture),
            ["server_address"] = Address(serverUrl),
            ["app"] = app.TrimEnd('/'),
            ["app_name"] = appUrl.IdnHost,
            ["app_port"] = appUrl.Port.ToString(CultureInfo.InvariantCulture),
            ["app_address"] = Address(appUrl),
        };
        foreach (var (place, value) in ProxyTextHeaders.Of(told ?? ToldHeaders.Of(provider)).Concat(ProxyTextTls.Of(serverUrl, appUrl))) values[place] = value;
        // one pass: a value that looks like a place stays what it is
        return new(Key, Proxy, Title(), Place().Replace(_template ??= Read(File + ".template"), match => values[match.Groups[1].Value]),
            Companion is null ? null : (Path.GetFileName(Companion), Read(Companion)));
    }

    // names of resources have small letters, digits and hyphens
    private static string KubeName(string name) => string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).TrimEnd('-');

    private static string Address(Uri url) => string.Create(CultureInfo.InvariantCulture, $"{url.IdnHost}:{url.Port}");

    private static Uri Parse(string url, string otherwise) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed : new(otherwise);

    // it stands in a comment, which must not end
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    private static string Read(string file)
    {
        using var stream = typeof(ProxyTexts).Assembly.GetManifestResourceStream("deploy/" + file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{([a-z_]+)\}\}")]
    private static partial Regex Place();
}
