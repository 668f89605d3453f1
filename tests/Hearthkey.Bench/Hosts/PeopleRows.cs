using Hearthkey.Storage;

namespace Hearthkey.Bench.Hosts;

/// <summary>The people of a plan, all in one group, each signed in once.</summary>
internal static class PeopleRows
{
    /// <summary>Above the keys that the server has handed out itself.</summary>
    private const long FirstPk = 1000;

    private static readonly Guid _group = new("018f0000-0000-7000-8000-000000000001");

    public static long Pk(int person) => FirstPk + person;

    public static async Task WriteAsync(IStore store, HostPlan plan, DateTimeOffset now)
    {
        await store.WriteAsync(async db =>
        {
            await db.ExecAsync(
                $"""
                insert into groups (group_uuid, num_pk, name, name_key, is_superuser, attributes)
                values ({_group}, 100, 'people of the house', 'people of the house', {false}, {new Json("{}")})
                """);
            await db.ChangedAsync("authentik_core.group", _group.ToString());
            return true;
        }, CancellationToken.None);
        await Preparation.InBatchesAsync(store, plan.People, (db, person) => PersonAsync(db, person, now));
    }

    private static async ValueTask PersonAsync(Db db, int person, DateTimeOffset now)
    {
        var name = HostPlan.Username(person);
        var email = name + "@home.example";
        await db.ExecAsync(
            $"""
            insert into users (pk, uuid, uid, username, username_key, name, name_key, email, email_key, is_active, type, path, attributes, password_at,
            joined_at, updated_at)
            values ({Pk(person)}, {Guid.CreateVersion7(now)}, {Convert.ToHexStringLower(HostPlan.SignIn(person).ToByteArray())}, {name}, {name},
            {"Person " + name}, {"person " + name}, {email}, {email}, {true}, 'internal', 'users', {new Json("{}")}, {now}, {now}, {now})
            """);
        await db.ExecAsync($"insert into group_member (group_uuid, user_pk) values ({_group}, {Pk(person)})");
        await db.ExecAsync(
            $"""
            insert into session (id_hash, uuid, user_pk, created_at, auth_at, amr, last_used_at, idle_seconds, expires_at, is_kept,
            last_ip, user_agent)
            values ({"bench " + name}, {HostPlan.SignIn(person)}, {Pk(person)}, {now}, {now}, 'pwd', {now}, {7L * 86400}, {now.AddDays(14)}, {false},
            '192.168.1.23', 'Mozilla/5.0')
            """);
    }
}
