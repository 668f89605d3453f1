using System.Diagnostics.CodeAnalysis;

namespace Hearthkey.Hosting;

/// <summary>A web origin (RFC 6454 §4): scheme, host in lower case, and the port where it is not the scheme's own.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Authority">Host, and <c>:port</c> unless it is the default one.</param>
public sealed record Origin(string Scheme, string Authority)
{
    public bool IsHttps => Scheme == "https";

    /// <summary>The host without its port; cut out as text, because what a request says may be no host at all.</summary>
    public string Host
    {
        get
        {
            var end = Authority.StartsWith('[') ? Authority.IndexOf(']', StringComparison.Ordinal) + 1 : Authority.IndexOf(':', StringComparison.Ordinal);
            return end < 0 ? Authority : Authority[..end];
        }
    }

    /// <summary>Whether a text can be the host, with or without port, of an address.</summary>
    public static bool IsAuthority(string? text) =>
        Uri.TryCreate($"http://{text}", UriKind.Absolute, out var uri)
        && uri is { Host.Length: > 0, UserInfo: "", PathAndQuery: "/", Fragment: "" };

    /// <summary>Reads an absolute http(s) address that has neither path, query, fragment nor user name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Origin? origin)
    {
        origin = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return false;
        if (uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0) return false;
        origin = Of(uri);
        return true;
    }

    /// <summary>The origin of an absolute http(s) address.</summary>
    public static Origin Of(Uri uri) => new(uri.Scheme, uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}");

    public override string ToString() => $"{Scheme}://{Authority}";
}
