using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hearthkey.Bench.Hosts;

/// <summary>
/// Who has which session, worked out and never stored, so that server and load agree: every person is signed in once and has opened ten
/// applications, each on a host of its own.
/// </summary>
/// <param name="Hosts">Protected hosts, each with an application and a provider of its own.</param>
/// <param name="Sessions">Forward-auth sessions over all of them.</param>
/// <param name="HasStatements">Each application is told by a signed <c>X-authentik-jwt</c> too.</param>
internal sealed record HostPlan(int Hosts, int Sessions, bool HasStatements = false)
{
    private const int SessionsPerPerson = 10;

    public int People => Math.Max(1, Sessions / SessionsPerPerson);

    public static string HostName(int host) => string.Create(CultureInfo.InvariantCulture, $"app-{host}.home.example");

    public static string Username(int person) => string.Create(CultureInfo.InvariantCulture, $"person-{person}");

    /// <summary>The sign-in session of a person.</summary>
    public static Guid SignIn(int person) => new(Hash("sign-in", person).AsSpan(0, 16));

    /// <summary>What the browser has in its cookie.</summary>
    public static string Cookie(int session) => Base64Url.EncodeToString(Hash("session", session));

    /// <summary>What the store knows the session by.</summary>
    public static string CookieHash(int session) => Base64Url.EncodeToString(SHA256.HashData(Hash("session", session)));

    public int HostOf(int session) => session % Hosts;

    public static int PersonOf(int session) => session / SessionsPerPerson;

    private static byte[] Hash(string kind, int number) =>
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind} {number}")));
}
