using System.Security.Cryptography;
using System.Text;
using Hearthkey.Oidc;
using Hearthkey.Sessions;

namespace Hearthkey.OidcProvider;

/// <summary>What apps know a sign-in session by.</summary>
public static class SessionNames
{
    /// <summary>The claim <c>sid</c>: SHA-256 of the session's uuid, in lower-case hex. Apps see it, so it is not the name that we use ourselves.</summary>
    public static string Sid(Guid session) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(session.ToString())));

    internal static Authentication ToAuthentication(this SignInSession session) =>
        new(session.UserPk, Sid(session.Uuid), session.AuthAt, Words(session.Amr));

    internal static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
