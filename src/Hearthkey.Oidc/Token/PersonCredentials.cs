using System.Text;

namespace Hearthkey.Oidc.Token;

/// <summary>The name of a person and their app password, in one of the ways in which authentik's clients send them.</summary>
internal sealed record PersonCredentials(string Username, string Password)
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>As fields of their own.</summary>
    public static PersonCredentials? Read(Parameters sent) =>
        sent.TryGet("username", out var username) && sent.TryGet("password", out var password) ? new(username, password) : null;

    /// <summary>In place of the client's secret, for programs that have no other fields: base64 of <c>name:password</c>.</summary>
    public static PersonCredentials? FromSecret(string secret)
    {
        var bytes = new byte[secret.Length];
        if (!Convert.TryFromBase64String(secret, bytes, out var length))
            return null;
        try
        {
            var text = _strictUtf8.GetString(bytes, 0, length);
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && colon < text.Length - 1 ? new(text[..colon], text[(colon + 1)..]) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Names nothing secret; a record's own text would show the password.</summary>
    public override string ToString() => "credentials of a person";
}
