using System.Net;

namespace Hearthkey.Outpost;

/// <summary>What an <c>Authorization</c> header says, taken apart.</summary>
/// <param name="Username">Of Basic; null for a bearer token.</param>
/// <param name="Secret">The app password, or the token.</param>
/// <param name="Client">Where the request came from, as far as that is known.</param>
/// <param name="IsClientCertain">False where the address could be made up.</param>
/// <param name="IsCounted">Whether a wrong secret counts as a guess. It does not where the path is open: there the header is more likely the application's.</param>
public sealed record HeaderAttempt(string? Username, string Secret, IPAddress Client, bool IsClientCertain, bool IsCounted)
{
    /// <summary>The name that stands for "the password is a bearer token", for programs that can send nothing but Basic.</summary>
    public const string TokenName = "goauthentik.io/token";

    /// <summary>Names nothing secret; a record's own text would show the secret.</summary>
    public override string ToString() => Username is null ? "a bearer token" : "an app password";
}
