using System.Collections.Frozen;

namespace Hearthkey.Hosting.Reading;

/// <summary>The names that authentik documents and this release does not use: they warn, so that a moved configuration starts.</summary>
internal static class EnvironmentNames
{
    private static readonly FrozenSet<string> _prefixes = new[]
    {
        "POSTGRESQL__CONN_", "POSTGRESQL__DISABLE_", "POSTGRESQL__DEFAULT_SCHEMA", "POSTGRESQL__READ_REPLICAS", "POSTGRESQL__SSLCERT",
        "POSTGRESQL__SSLKEY", "POSTGRESQL__USE_P", "REDIS__", "WEB__WORKERS", "WEB__THREADS", "WEB__PATH", "WORKER__", "EMAIL__", "STORAGE__",
        "CACHE__", "COOKIE_DOMAIN", "SESSIONS__", "SESSION_STORAGE", "REPUTATION__", "EVENTS__", "DISABLE_UPDATE_CHECK", "DISABLE_STARTUP_ANALYTICS",
        "ERROR_REPORTING__", "OUTPOSTS__", "LDAP__", "TENANTS__", "LISTEN__LDAP", "LISTEN__LDAPS", "LISTEN__RADIUS", "LISTEN__DEBUG",
        "BOOTSTRAP_PASSWORD_HASH", "AVATARS", "GDPR_COMPLIANCE", "IMPERSONATION", "FOOTER_LINKS", "DEFAULT_USER_CHANGE_", "DEFAULT_TOKEN_",
        "BLUEPRINTS_DIR", "CERT_DISCOVERY_DIR", "DEBUG", "SKIP_MIGRATIONS", "IMAGE", "TAG", "PORT_", "REMOTE_DEBUG", "LOG",
        "ENTERPRISE__", "THROTTLE__", "COMPLIANCE__", "HOST", "HOST_BROWSER", "INSECURE", "TOKEN",
    }.ToFrozenSet();

    public static bool IsKnownToAuthentik(string name) => _prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal));
}
