using System.Collections.Frozen;

namespace Hearthkey.Hosting.Reading;

/// <summary>The names that authentik documents and this release does not use: they warn, so that a moved configuration starts.</summary>
internal static class EnvironmentNames
{
    private static readonly FrozenSet<string> _names = new[]
    {
        "POSTGRESQL__CONN_MAX_AGE", "POSTGRESQL__CONN_HEALTH_CHECKS", "POSTGRESQL__CONN_OPTIONS", "POSTGRESQL__DISABLE_SERVER_SIDE_CURSORS",
        "POSTGRESQL__DEFAULT_SCHEMA", "POSTGRESQL__SSLCERT", "POSTGRESQL__SSLKEY", "POSTGRESQL__USE_PGBOUNCER", "POSTGRESQL__USE_PGPOOL",
        "WEB__WORKERS", "WEB__THREADS", "WEB__PATH", "COOKIE_DOMAIN", "SESSION_STORAGE", "DISABLE_UPDATE_CHECK", "DISABLE_STARTUP_ANALYTICS",
        "LISTEN__LDAP", "LISTEN__LDAPS", "LISTEN__RADIUS", "LISTEN__DEBUG", "LISTEN__DEBUG_PY", "BOOTSTRAP_PASSWORD_HASH", "AVATARS", "GDPR_COMPLIANCE",
        "IMPERSONATION", "FOOTER_LINKS", "DEFAULT_USER_CHANGE_NAME", "DEFAULT_USER_CHANGE_EMAIL", "DEFAULT_USER_CHANGE_USERNAME",
        "DEFAULT_TOKEN_DURATION", "DEFAULT_TOKEN_LENGTH", "BLUEPRINTS_DIR", "CERT_DISCOVERY_DIR", "DEBUG", "SKIP_MIGRATIONS", "REMOTE_DEBUG",
        "CACHE__TIMEOUT", "CACHE__TIMEOUT_FLOWS", "CACHE__TIMEOUT_POLICIES",
        // of its compose file and of its outposts
        "IMAGE", "TAG", "PORT_HTTP", "PORT_HTTPS", "HOST", "HOST_BROWSER", "INSECURE", "TOKEN",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Sections of which no name has a meaning here.</summary>
    private static readonly string[] _sections =
    [
        "POSTGRESQL__READ_REPLICAS__", "REDIS__", "WORKER__", "EMAIL__", "STORAGE__", "SESSIONS__", "REPUTATION__", "EVENTS__", "ERROR_REPORTING__",
        "OUTPOSTS__", "LDAP__", "TENANTS__", "ENTERPRISE__", "THROTTLE__", "COMPLIANCE__",
    ];

    public static bool IsKnownToAuthentik(string name) =>
        _names.Contains(name) || Array.Exists(_sections, s => name.StartsWith(s, StringComparison.Ordinal));
}
