using System.Text;

namespace Hearthkey.Oidc.Authorize;

/// <summary>Writes an answer into a redirect URI whose own query stays (RFC 6749 §4.1.2).</summary>
internal static class AuthorizeRedirect
{
    public static string To(string redirectUri, ResponseMode mode, ReadOnlySpan<(string Name, string? Value)> answer)
    {
        var location = new StringBuilder(redirectUri, redirectUri.Length + 256);
        var separator = mode == ResponseMode.Fragment ? '#' : redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in answer)
        {
            if (value is null)
                continue;
            location.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return location.ToString();
    }
}
