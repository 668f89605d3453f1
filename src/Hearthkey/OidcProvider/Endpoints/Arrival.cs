using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hearthkey.Keys;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>
/// When an authorization request first came, carried through the sign-in in a signed parameter: only a later sign-in answers
/// <c>prompt=login</c> and <c>max_age</c>. Whoever takes it away or changes it only has to sign in again.
/// </summary>
/// <param name="At">First arrival.</param>
/// <param name="Tries">How often the person was sent to sign in for it.</param>
internal sealed record Arrival(DateTimeOffset At, int Tries)
{
    /// <summary>Name of the parameter.</summary>
    public const string Parameter = "hearthkey_arrival";

    /// <summary>Own choice: longer than a person takes to sign in; a link that was kept is a new request.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(30);

    /// <summary>Takes the parameter out of a request; one that is missing, foreign or old means that it comes now.</summary>
    public static Arrival Take(List<KeyValuePair<string, string>> parameters, MasterKey key, DateTimeOffset now)
    {
        var sent = parameters.Find(p => p.Key == Parameter).Value;
        parameters.RemoveAll(p => p.Key == Parameter);
        if (sent?.Split('.') is not [var at, var tries, var mac] || !IsOurs(mac, Mac(key, at, tries, parameters))) return new(now, 0);
        var first = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture));
        return now - first > _longest ? new(now, 0) : new(first, int.Parse(tries, CultureInfo.InvariantCulture));
    }

    /// <summary>The value to send along, for one more try.</summary>
    public string Next(IReadOnlyList<KeyValuePair<string, string>> parameters, MasterKey key)
    {
        var at = At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var tries = (Tries + 1).ToString(CultureInfo.InvariantCulture);
        return $"{at}.{tries}.{Mac(key, at, tries, parameters)}";
    }

    private static bool IsOurs(string sent, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(sent), Encoding.ASCII.GetBytes(expected));

    // bound to the whole request: it says nothing about another one
    private static string Mac(MasterKey key, string at, string tries, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var text = new StringBuilder(at).Append('\n').Append(tries);
        foreach (var (name, value) in parameters) text.Append('\n').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        return Base64Url.EncodeToString(HMACSHA256.HashData(key.Derive("oidc-arrival"), Encoding.UTF8.GetBytes(text.ToString())));
    }
}
