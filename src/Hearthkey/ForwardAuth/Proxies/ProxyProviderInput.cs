using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Outpost;
using Hearthkey.Resources;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>Reads the fields of a proxy provider.</summary>
internal static class ProxyProviderInput
{
    /// <summary>Lengths of what is made here; authentik's.</summary>
    private const int ClientIdLength = 40, ClientSecretLength = 128;

    /// <summary>The outpost signs with at least 32 bytes.</summary>
    private const int CookieSecretLength = 43;

    private static readonly string[] _modes = [ProxyProviders.Single, ProxyProviders.Domain];

    public static ProxyProvider New() => new()
    {
        ClientId = OpaqueSecret.Letters(ClientIdLength),
        ClientSecret = OpaqueSecret.Letters(ClientSecretLength),
        CookieSecret = OpaqueSecret.Letters(CookieSecretLength),
    };

    public static ProxyProvider Bind(FieldReader input, ProxyProvider value, ProxyProvider now)
    {
        Unbuilt(input);
        value = value with
        {
            Mode = input.Choice("mode", now.Mode, _modes, unbuilt: [ProxyProviders.Proxying]),
            ExternalHost = input.Text("external_host", now.ExternalHost, required: true, blank: false, max: 300).Trim(),
            CookieDomain = input.Text("cookie_domain", now.CookieDomain, max: 255).Trim(),
            SkipPathRegex = input.Text("skip_path_regex", now.SkipPathRegex, max: 20_000),
            AccessTokenValidity = input.DurationText("access_token_validity", now.AccessTokenValidity),
            SelfProbe = input.Flag("self_probe", now.SelfProbe),
        };
        Check(value, input.Errors);
        return value;
    }

    private static void Check(ProxyProvider value, FieldErrors errors)
    {
        if (value.Mode.Length == 0 && errors.For("mode") is null)
            errors.Add("mode", $"Choose {string.Join(" or ", _modes)}: “proxy”, the API's own default, is not built yet.");
        if (Duration.Parse(value.AccessTokenValidity) == TimeSpan.Zero) errors.Add("access_token_validity", "It must last longer than nothing.");
        CheckSkipPaths(value.SkipPathRegex, errors);
        if (errors.For("external_host") is not null) return;
        if (!ForwardedUrl.TryParse(value.ExternalHost, out var external) || external.PathAndQuery is not ("" or "/"))
            errors.Add("external_host", "Enter a valid URL: https:// or http:// and the host, such as https://app.example.com, without a path.");
        else
            CheckDomain(value, external, errors);
    }

    private static void CheckDomain(ProxyProvider value, ForwardedUrl external, FieldErrors errors)
    {
        if (value.Mode != ProxyProviders.Domain)
        {
            if (value.CookieDomain.Length > 0) errors.Add("cookie_domain", "Only a provider at domain level has a cookie domain: leave it blank.");
            return;
        }
        if (CookieDomains.IsAddress(external))
            errors.Add("external_host", "At domain level the host needs a name: below an address there are no other hosts.");
        else if (value.CookieDomain.Length == 0 && CookieDomains.Parent(external) is null)
            errors.Add("cookie_domain", $"Enter the domain to protect, such as {external.HostName}, which covers the hosts below it: its parent is a domain under which strangers have hosts.");
        else if (value.CookieDomain.Length > 0 && CookieDomains.ProblemOf(value.CookieDomain) is { } problem)
            errors.Add("cookie_domain", problem);
    }

    private static void CheckSkipPaths(string text, FieldErrors errors)
    {
        foreach (var (index, line) in text.Split('\n').Index())
            if (SkipRules.Parse(line).Broken.Count > 0)
                errors.Add("skip_path_regex", $"Line {index + 1}: “{line.Trim()}” is no regular expression that can be used here.");
    }

    private static void Unbuilt(FieldReader input)
    {
        input.Unbuilt("internal_host", "\"\"");
        input.Unbuilt("internal_host_ssl_validation", "true");
        input.Unbuilt("certificate", "null");
        input.Unbuilt("basic_auth_enabled", "false");
        input.Unbuilt("basic_auth_password_attribute", "\"\"");
        input.Unbuilt("basic_auth_user_attribute", "\"\"");
        input.Unbuilt("intercept_header_auth", "true");
        input.Unbuilt("jwt_federation_sources", "[]");
        input.Unbuilt("jwt_federation_providers", "[]");
        input.Unbuilt("refresh_token_validity", "\"days=30\"");
    }
}
