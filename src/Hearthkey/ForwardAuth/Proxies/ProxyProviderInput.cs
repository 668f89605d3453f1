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

    private static readonly string[] _modes = [ProxyProviders.Proxying, ProxyProviders.Single, ProxyProviders.Domain];

    public static ProxyProvider New() => new()
    {
        ClientId = OpaqueSecret.Letters(ClientIdLength),
        ClientSecret = OpaqueSecret.Letters(ClientSecretLength),
        CookieSecret = OpaqueSecret.Letters(CookieSecretLength),
        Mode = ProxyProviders.Proxying,
    };

    public static ProxyProvider Bind(FieldReader input, ProxyProvider value, ProxyProvider now)
    {
        Unbuilt(input);
        value = value with
        {
            Mode = input.Choice("mode", now.Mode, _modes),
            ExternalHost = input.Text("external_host", now.ExternalHost, required: true, blank: false, max: 300).Trim(),
            CookieDomain = input.Text("cookie_domain", now.CookieDomain, max: 255).Trim(),
            InternalHost = input.Text("internal_host", now.InternalHost ?? "", max: 300).Trim() is { Length: > 0 } host ? host : null,
            InternalHostSslValidation = input.Flag("internal_host_ssl_validation", now.InternalHostSslValidation),
            SkipPathRegex = input.Text("skip_path_regex", now.SkipPathRegex, max: 20_000),
            AccessTokenValidity = input.DurationText("access_token_validity", now.AccessTokenValidity),
            SkipSelfProbe = input.Flag("skip_self_probe", now.SkipSelfProbe),
        };
        value = HeaderFields.Bind(input, value, now);
        Check(value, input.Errors);
        return value;
    }

    private static void Check(ProxyProvider value, FieldErrors errors)
    {
        if (Duration.Parse(value.AccessTokenValidity) == TimeSpan.Zero) errors.Add("access_token_validity", "It must last longer than nothing.");
        CheckSkipPaths(value.SkipPathRegex, errors);
        CheckInternalHost(value, errors);
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

    private static void CheckInternalHost(ProxyProvider value, FieldErrors errors)
    {
        if (errors.For("internal_host") is not null || errors.For("mode") is not null) return;
        if (value.InternalHost is null)
        {
            if (value.Mode == ProxyProviders.Proxying) errors.Add("internal_host", "In proxy mode this server must know where the application listens: enter it here, such as http://10.0.0.5:8080.");
        }
        else if (!ForwardedUrl.TryParse(value.InternalHost, out var upstream))
            errors.Add("internal_host", "Enter a valid URL: http:// or https:// and the host, such as http://10.0.0.5:8080. A path is ignored.");
        else if (ForwardedUrl.TryParse(value.ExternalHost, out var external) && upstream.Key.SequenceEqual(external.Key))
            errors.Add("internal_host", "This is the external host: requests would go round for ever. Enter the address where the application itself listens.");
    }

    /// <summary>Refuses lines that are no regular expressions.</summary>
    public static void CheckSkipPaths(string text, FieldErrors errors)
    {
        foreach (var (index, line) in text.Split('\n').Index())
            if (SkipRules.Parse(line).Broken.Count > 0)
                errors.Add("skip_path_regex", $"Line {index + 1}: “{line.Trim()}” is no regular expression that can be used here.");
    }

    private static void Unbuilt(FieldReader input)
    {
        input.Unbuilt("certificate", "null");
        input.Unbuilt("jwt_federation_sources", "[]");
        input.Unbuilt("jwt_federation_providers", "[]");
        input.Unbuilt("refresh_token_validity", "\"days=30\"");
    }
}
