using Hearthkey.Outpost;
using Hearthkey.Resources;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>Reads what the application behind a proxy provider is told, and how programs are answered.</summary>
internal static class HeaderFields
{
    public const string RemoteUser = "remote_user";
    public const string Custom = "custom";

    private const string Authentik = "authentik";

    private const int LongestName = 100;

    public static ProxyProvider Bind(FieldReader input, ProxyProvider value, ProxyProvider now)
    {
        value = value with
        {
            BasicAuthEnabled = input.Flag("basic_auth_enabled", now.BasicAuthEnabled),
            BasicAuthUserAttribute = input.Text("basic_auth_user_attribute", now.BasicAuthUserAttribute, max: 255).Trim(),
            BasicAuthPasswordAttribute = input.Text("basic_auth_password_attribute", now.BasicAuthPasswordAttribute, max: 255).Trim(),
            InterceptHeaderAuth = input.Flag("intercept_header_auth", now.InterceptHeaderAuth),
            IdentityHeaders = input.Choice("identity_headers", now.IdentityHeaders ?? Authentik, [Authentik, RemoteUser, Custom]) is var style and not Authentik ? style : null,
            HeaderUsername = Name(input, "header_username", now.HeaderUsername),
            HeaderGroups = Name(input, "header_groups", now.HeaderGroups),
            HeaderEmail = Name(input, "header_email", now.HeaderEmail),
            HeaderName = Name(input, "header_name", now.HeaderName),
            IdentityJwt = input.Flag("identity_jwt", now.IdentityJwt),
        };
        Check(value, input.Errors);
        return value;
    }

    /// <summary>The names that are in force.</summary>
    public static HeaderNames Names(ProxyProvider p) => p.IdentityHeaders switch
    {
        RemoteUser => HeaderNames.RemoteUser,
        Custom => new(p.HeaderUsername ?? "", p.HeaderGroups ?? "", p.HeaderEmail ?? "", p.HeaderName ?? ""),
        _ => HeaderNames.None,
    };

    private static string? Name(FieldReader input, string field, string? current)
    {
        var name = input.Text(field, current ?? "", max: LongestName).Trim();
        if (name.Length > 0 && !HeaderNames.IsUsable(name))
            input.Errors.Add(field, $"“{name}” cannot be used: write the name of a header that has no other use, with letters, digits and hyphens, such as Remote-User.");
        return Blank.ToNull(name);
    }

    private static void Check(ProxyProvider value, FieldErrors errors)
    {
        if (value.BasicAuthEnabled)
        {
            const string sentence = "Enter the name of an attribute, or switch HTTP Basic off.";
            if (value.BasicAuthUserAttribute.Length == 0) errors.Add("basic_auth_user_attribute", sentence);
            if (value.BasicAuthPasswordAttribute.Length == 0) errors.Add("basic_auth_password_attribute", sentence);
        }
        var names = Names(value).All.ToList();
        if (value.IdentityHeaders == Custom && names.Count == 0)
            errors.Add("identity_headers", "Enter the name of at least one header, or choose another kind.");
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count)
            errors.Add("identity_headers", "Each header needs a name of its own.");
    }
}
