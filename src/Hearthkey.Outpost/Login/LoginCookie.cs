using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Hearthkey.Outpost.Login;

/// <summary>
/// The one cookie that logins need: the browser's secret, and how often in a row a login that succeeded was followed by another. It is the
/// browser's own word, which only concerns that browser, so every node knows it and nobody stores it.
/// </summary>
/// <param name="Secret">Ties a login to the browser that began it; shared by logins that run at once.</param>
/// <param name="Bounces">Logins that began after one had succeeded.</param>
/// <param name="Since">Unix seconds of the first success in the row; 0 where there was none.</param>
internal readonly record struct LoginCookie(string Secret, int Bounces, long Since)
{
    /// <summary>Four useless logins within a minute are no person: people read a page in between (own choice).</summary>
    private const int MostBounces = 4;

    private const long Window = 60;

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Bounces} since {Since}";

    /// <summary>True when the next login would only come round again.</summary>
    public bool GoesRound => Bounces >= MostBounces;

    /// <summary>The request's cookie, or a new one where it has none, or one that is not ours.</summary>
    public static LoginCookie ReadOrCreate(HttpRequest request, ProtectedSite site) => Read(request, site) ?? new(SessionKey.Create().ToString(), 0, 0);

    /// <summary>Null where the request has none, or one that is not ours.</summary>
    public static LoginCookie? Read(HttpRequest request, ProtectedSite site) => Read(request, site.StateCookie);

    /// <summary>The one that a check gave which was sent no cookies; null where there is none.</summary>
    public static LoginCookie? ReadUnseen(HttpRequest request, ProtectedSite site) => Read(request, NameOfUnseen(site));

    private static LoginCookie? Read(HttpRequest request, string name)
    {
        if (CookieReader.Read(request.Headers.Cookie, name, out var value, out _) != 1)
            return null;
        var dot = value.IndexOf('.');
        var secret = dot < 0 ? value : value[..dot];
        if (!SessionKey.TryParse(secret, out _))
            return null;
        var counts = dot < 0 ? default : value[(dot + 1)..];
        var middle = counts.IndexOf('.');
        return middle > 0 && int.TryParse(counts[..middle], NumberStyles.None, CultureInfo.InvariantCulture, out var bounces)
            && long.TryParse(counts[(middle + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            ? new(secret.ToString(), bounces, since) : new(secret.ToString(), 0, 0);
    }

    /// <summary>A login begins.</summary>
    public LoginCookie Begun(DateTimeOffset now) => IsRecent(now) ? this with { Bounces = Bounces + 1 } : new(Secret, 0, 0);

    /// <summary>A login succeeded.</summary>
    public LoginCookie Succeeded(DateTimeOffset now) => IsRecent(now) ? this : new(Secret, 0, now.ToUnixTimeSeconds());

    /// <param name="isUnseen">It may be that the browser has one already, which did not come: it is left alone, with what it has counted.</param>
    public void Write(HttpResponse response, ProtectedSite site, bool isUnseen = false) => SessionCookie.Append(
        response, isUnseen ? NameOfUnseen(site) : site.StateCookie,
        Since == 0 ? Secret : string.Create(CultureInfo.InvariantCulture, $"{Secret}.{Bounces}.{Since}"),
        site, (long)LoginState.Life.TotalSeconds, false);

    private static string NameOfUnseen(ProtectedSite site) => site.StateCookie + "_check";

    private bool IsRecent(DateTimeOffset now) => Since > 0 && now.ToUnixTimeSeconds() - Since is >= 0 and <= Window;
}
