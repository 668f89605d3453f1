using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Resources;
using Hearthkey.Sessions.Objects;
using Hearthkey.Storage;

namespace Hearthkey.Sessions;

/// <summary>core/authenticated_sessions: people see and end their own, admins everybody's.</summary>
public sealed class AuthenticatedSessions(ResourceContext context, SignInSessions sessions) : Resource<AuthenticatedSession>(context)
{
    public const string ModelName = "authentik_core.authenticatedsession";

    private static readonly SqlText _columns = SqlText.Constant("uuid, user_pk, last_ip, user_agent, last_used_at, expires_at");

    public override string Model => ModelName;

    public override string Path => "core/authenticated_sessions";

    public override string KeyName => "uuid";

    public override string VerboseName => "session";

    public override Operations Operations => Operations.Read | Operations.Delete;

    public override bool IsOpenToPeople => true;

    public override JsonTypeInfo<AuthenticatedSession> Json => SessionsJson.Default.AuthenticatedSession;

    protected override Table<AuthenticatedSession> Table { get; } = new(
        SqlText.Constant("session"), _columns, _ => throw new NotSupportedException("A session begins by signing in."), Read);

    protected override IReadOnlyList<Ordering> Orderings { get; } =
        [new("last_used", SqlText.Constant("last_used_at")), new("expires", SqlText.Constant("expires_at")), new("session__last_ip", SqlText.Constant("last_ip"))];

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Text("session__last_ip", v => $"last_ip = {v}"),
        Filter.Text("session__last_user_agent", v => $"user_agent = {v}"),
        Filter.Text("user__username", v => $"user_pk in (select pk from users where username = {v})"),
    ];

    protected override Sql Where(string key)
    {
        var uuid = Guid.TryParse(key, out var parsed) ? parsed : Guid.Empty;
        return $"uuid = {uuid}";
    }

    protected override Sql? VisibleTo(Caller caller)
    {
        if (caller.IsSuperuser) return null;
        return $"user_pk = {caller.UserPk}";
    }

    // only one's own are visible
    protected override string? WhyNotWrite(Caller caller, AuthenticatedSession? before) => null;

    public override string Key(AuthenticatedSession value) => value.Uuid.ToString();

    public override string Name(AuthenticatedSession value) => value.LastIp;

    protected override AuthenticatedSession Bind(FieldReader input, AuthenticatedSession? before) => throw new NotSupportedException("A session begins by signing in.");

    protected override ValueTask<IReadOnlyList<AuthenticatedSession>> CompleteAsync(
        Db db, IReadOnlyList<AuthenticatedSession> rows, ListRequest request, Caller? caller) =>
        new([.. rows.Select(s => s with { Current = s.Uuid == caller?.SessionUuid })]);

    protected override async ValueTask DeleteAsync(Db db, string key, AuthenticatedSession value) => await sessions.EndAsync(db, value.Uuid);

    /// <summary>The sessions of a user, for "used by".</summary>
    public static Sql OfUser(string userPk)
    {
        var pk = long.Parse(userPk, CultureInfo.InvariantCulture);
        return $"select uuid, last_ip from session where user_pk = {pk} order by last_used_at";
    }

    private static AuthenticatedSession Read(Row r) => new(r.Guid(), r.Long(), r.Text(), r.Text(), r.Time(), r.Time());
}
