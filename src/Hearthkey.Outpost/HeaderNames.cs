using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearthkey.Outpost;

/// <summary>
/// Names under which an application wants to be told who is there, beside <c>X-authentik-*</c>; blank for what it is not told. Like those they
/// are on every 200, empty where there is nobody.
/// </summary>
/// <param name="Groups">Group names joined by commas, as applications with such headers read them; a name with a comma in it is left out.</param>
public sealed record HeaderNames(string Username, string Groups, string Email, string Name)
{
    /// <summary>None.</summary>
    public static HeaderNames None { get; } = new("", "", "", "");

    /// <summary>Those that Authelia, and guides for it, use.</summary>
    public static HeaderNames RemoteUser { get; } = new("Remote-User", "Remote-Groups", "Remote-Email", "Remote-Name");

    /// <summary>Those that are not blank.</summary>
    public IEnumerable<string> All => ((string[])[Username, Groups, Email, Name]).Where(name => name.Length > 0);

    /// <summary>True for a name that a header may have and that is no other's: not one of HTTP's own, and not ours.</summary>
    public static bool IsUsable(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && AdditionalHeaders.IsFree(name) && !name.StartsWith("X-authentik-", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && !name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase);

    internal void Write(IHeaderDictionary headers, Identity? identity)
    {
        Set(headers, Username, identity?.Username);
        Set(headers, Groups, identity?.GroupList);
        Set(headers, Email, identity?.Email);
        Set(headers, Name, identity?.Name);
    }

    private static void Set(IHeaderDictionary headers, string name, string? value)
    {
        if (name.Length > 0)
            headers[name] = new StringValues(value ?? "");
    }
}
