using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Proxies;

/// <summary>The columns of <c>proxy_provider</c> that <see cref="HeaderFields"/> reads.</summary>
internal static class HeaderRows
{
    /// <summary>After the others, as <see cref="Read"/> takes them.</summary>
    public const string Columns =
        ", x.basic_auth_enabled, x.basic_auth_user, x.basic_auth_password, x.intercept_header_auth, x.identity_headers, x.header_username, x.header_groups, "
        + "x.header_email, x.header_name, x.identity_jwt";

    /// <summary>Beside the insert or update of the rest.</summary>
    public static async ValueTask WriteAsync(Db db, ProxyProvider p) => await db.ExecAsync(
        $"""
        update proxy_provider set basic_auth_enabled = {p.BasicAuthEnabled}, basic_auth_user = {p.BasicAuthUserAttribute},
        basic_auth_password = {p.BasicAuthPasswordAttribute}, intercept_header_auth = {p.InterceptHeaderAuth}, identity_headers = {p.IdentityHeaders},
        header_username = {p.HeaderUsername}, header_groups = {p.HeaderGroups}, header_email = {p.HeaderEmail}, header_name = {p.HeaderName},
        identity_jwt = {p.IdentityJwt} where pk = {p.Pk}
        """);

    public static ProxyProvider Read(Row r, ProxyProvider p) => p with
    {
        BasicAuthEnabled = r.Bool(),
        BasicAuthUserAttribute = r.Text(),
        BasicAuthPasswordAttribute = r.Text(),
        InterceptHeaderAuth = r.Bool(),
        IdentityHeaders = r.TextOrNull(),
        HeaderUsername = r.TextOrNull(),
        HeaderGroups = r.TextOrNull(),
        HeaderEmail = r.TextOrNull(),
        HeaderName = r.TextOrNull(),
        IdentityJwt = r.Bool(),
    };
}
