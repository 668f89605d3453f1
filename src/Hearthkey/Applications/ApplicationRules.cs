using System.Text.RegularExpressions;

namespace Hearthkey.Applications;

/// <summary>What the fields of an application must be.</summary>
internal static partial class ApplicationRules
{
    /// <summary>Taken by the endpoints below <c>/application/o/</c>.</summary>
    private static readonly HashSet<string> _reserved = ["authorize", "token", "device", "userinfo", "introspect", "revoke", "par"];

    public static string? SlugProblem(string slug)
    {
        if (!Slug().IsMatch(slug)) return "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.";
        return _reserved.Contains(slug) ? $"“{slug}” is taken by an endpoint of the server. Choose another slug." : null;
    }

    public static string? IconProblem(string icon)
    {
        if (icon.Length == 0 || (icon.StartsWith('/') && Ui.LocalUrl.IsLocal(icon))) return null;
        return Uri.TryCreate(icon, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? null
            : "Enter the address of an image: https://…, or a path on this server that begins with a slash.";
    }

    [GeneratedRegex(@"\A[-a-zA-Z0-9_]{1,200}\z")]
    private static partial Regex Slug();
}
