using System.Globalization;
using Hearthkey.Hosting;

namespace Hearthkey.ForwardAuth;

/// <summary>The texts to paste into nginx or Nginx Proxy Manager, with a provider's values filled in. They are the files under <c>deploy/nginx</c>.</summary>
public static class ProxyTexts
{
    /// <summary>Stands for the application's own address where a page does not know it.</summary>
    public const string AppPlaceholder = "http://127.0.0.1:8080";

    private static readonly string _full = Read("forward-auth.conf.template");
    private static readonly string _short = Read("forward-auth-short.conf.template");

    /// <summary>What the short text does not do, for whoever chooses it.</summary>
    public static string ShortNote => ForwardAuthStrings.ShortTextNote;

    /// <summary>Where a proxy on the same machine reaches this server.</summary>
    public static string ServerUrl(Settings settings) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{settings.Http.Port}");

    /// <summary>Our text: sets the identity headers, and strips those that a visitor makes up.</summary>
    /// <param name="server">Where nginx reaches this server, such as <c>http://127.0.0.1:9000</c>.</param>
    /// <param name="app">Where nginx reaches the application.</param>
    public static string Nginx(ProxyProvider provider, string server, string app = AppPlaceholder) => Fill(_full, provider, server, app);

    /// <summary>The text that guides know: lets people in, and tells the application nothing.</summary>
    public static string NginxShort(ProxyProvider provider, string server, string app = AppPlaceholder) => Fill(_short, provider, server, app);

    private static string Fill(string template, ProxyProvider provider, string server, string app) => template
        .Replace("{{name}}", OneLine(provider.Name), StringComparison.Ordinal)
        .Replace("{{host}}", OneLine(provider.ExternalHost), StringComparison.Ordinal)
        .Replace("{{server}}", server.TrimEnd('/'), StringComparison.Ordinal)
        .Replace("{{app}}", app.TrimEnd('/'), StringComparison.Ordinal);

    // it stands in a comment, which must not end
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));

    private static string Read(string file)
    {
        using var stream = typeof(ProxyTexts).Assembly.GetManifestResourceStream("deploy/nginx/" + file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
