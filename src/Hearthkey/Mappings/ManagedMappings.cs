using Hearthkey.Storage;

namespace Hearthkey.Mappings;

/// <summary>The mappings that Hearthkey brings along, under the names that blueprints and Terraform know.</summary>
public static class ManagedMappings
{
    public const string OpenId = "goauthentik.io/providers/oauth2/scope-openid";
    public const string Email = "goauthentik.io/providers/oauth2/scope-email";
    public const string Profile = "goauthentik.io/providers/oauth2/scope-profile";
    public const string OfflineAccess = "goauthentik.io/providers/oauth2/scope-offline_access";
    public const string Entitlements = "goauthentik.io/providers/oauth2/scope-entitlements";
    public const string Proxy = "goauthentik.io/providers/proxy/scope-proxy";

    /// <summary>What an OpenID provider gets where an admin page makes one.</summary>
    public static IReadOnlyList<string> ForOpenId { get; } = [OpenId, Email, Profile];

    /// <summary>What a proxy provider always has.</summary>
    public static IReadOnlyList<string> ForProxy { get; } = [OpenId, Email, Profile, Entitlements, Proxy];

    private static readonly (string Managed, string Name, string Scope, string Description, string Expression)[] _all =
    [
        (OpenId, "authentik default OAuth Mapping: OpenID 'openid'", "openid", "", "# Signs a person in and tells no more than that.\nreturn {}\n"),
        (Email, "authentik default OAuth Mapping: OpenID 'email'", "email", "Email address",
            "# Nobody has checked the address, so it is not called verified.\nreturn {\n    \"email\": request.user.email,\n    \"email_verified\": False,\n}\n"),
        (Profile, "authentik default OAuth Mapping: OpenID 'profile'", "profile", "General Profile Information",
            """
            # There is one name, so the given name is all of it.
            person = request.user
            return {
                "name": person.name,
                "given_name": person.name,
                "preferred_username": person.username,
                "nickname": person.username,
                "groups": [group.name for group in person.all_groups()],
            }

            """),
        (OfflineAccess, "authentik default OAuth Mapping: OpenID 'offline_access'", "offline_access",
            "Access to request new tokens without interaction", "# Allows refresh tokens; the person is described by the other scopes.\nreturn {}\n"),
        (Entitlements, "authentik default OAuth Mapping: Application Entitlements", "entitlements", "Application entitlements",
            """
            names = [entitlement.name for entitlement in request.user.app_entitlements(provider.application)]
            return {
                "entitlements": names,
                "roles": names,
            }

            """),
        (Proxy, "authentik default OAuth Mapping: Proxy outpost", "ak_proxy", "authentik Proxy - User information",
            """
            person = request.user
            return {
                "ak_proxy": {
                    "user_attributes": person.group_attributes(request),
                    "is_superuser": person.is_superuser,
                }
            }

            """),
    ];

    internal static async ValueTask ApplyAsync(IServiceProvider services, Db db)
    {
        var mappings = services.GetRequiredService<ScopeMappings>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var (managed, name, scope, description, expression) in _all)
            await mappings.AddAsync(db, new ScopeMapping
            {
                Pk = Guid.CreateVersion7(now),
                Managed = managed,
                Name = name,
                ScopeName = scope,
                Description = description,
                Expression = expression,
            });
    }
}
