namespace Hearthkey.Ui;

/// <summary>Addresses that came from a browser and are about to be redirected to.</summary>
public static class LocalUrl
{
    /// <summary>The address if it is a path on our own origin, otherwise the other one.</summary>
    public static string Or(string? url, string otherwise) => IsLocal(url) ? url! : otherwise;

    /// <summary>One slash first, no second slash or backslash after it (browsers read both as another host), no control characters.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.AsSpan().ContainsAnyInRange('\0', '\x1f');
}
