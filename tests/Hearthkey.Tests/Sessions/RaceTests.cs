using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Sessions;
using Hearthkey.Tests.Flows.Support;
using Hearthkey.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hearthkey.Tests.Sessions;

/// <summary>A login and a new password at the same time on PostgreSQL, where units of work run beside each other: whichever is first, no session of the old password is left.</summary>
public sealed class RaceTests
{
    [Fact]
    public async Task A_login_that_waits_for_a_new_password_to_be_written_is_refused()
    {
        await using var site = await StartAsync();
        var (ada, terms, hash) = await ProveAsync(site);
        var isSet = new TaskCompletionSource();
        var mayCommit = new TaskCompletionSource();

        var change = site.Store.WriteAsync(
            async db =>
            {
                await Passwords(site).SetAsync(db, ada, hash, Actor.Server);
                isSet.SetResult();
                await mayCommit.Task;
                return true;
            },
            CancellationToken.None);
        await isSet.Task;
        var login = Sessions(site).StartAsync(Request(site), ada, terms);
        (await Task.WhenAny(login, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, CancellationToken.None))).ShouldNotBe(login);
        mayCommit.SetResult();

        await change;
        (await login).ShouldBeNull();
        (await site.CountAsync("session")).ShouldBe(0);
    }

    [Fact]
    public async Task A_new_password_that_waits_for_a_login_ends_its_session()
    {
        await using var site = await StartAsync();
        var (ada, terms, hash) = await ProveAsync(site);
        var start = await Sessions(site).PrepareAsync(Request(site), ada, terms);
        var isWritten = new TaskCompletionSource();
        var mayCommit = new TaskCompletionSource();

        var login = site.Store.WriteAsync(
            async db =>
            {
                var isGood = await Sessions(site).WriteAsync(db, start);
                isWritten.SetResult();
                await mayCommit.Task;
                return isGood;
            },
            CancellationToken.None);
        await isWritten.Task;
        var change = site.Store.WriteAsync(async db => await Passwords(site).SetAsync(db, ada, hash, Actor.Server), CancellationToken.None);
        (await Task.WhenAny(change, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, CancellationToken.None))).ShouldNotBe(change);
        mayCommit.SetResult();

        (await login).ShouldBeTrue();
        await change;
        (await site.CountAsync("session")).ShouldBe(0);
    }

    private static async Task<FlowSite> StartAsync()
    {
        var place = new NpgsqlConnectionStringBuilder(await PostgresServer.NewDatabaseAsync());
        return await FlowSite.StartAsync(
            settings:
            [
                ("HEARTHKEY_POSTGRESQL__HOST", place.Host!), ("HEARTHKEY_POSTGRESQL__NAME", place.Database!),
                ("HEARTHKEY_POSTGRESQL__USER", place.Username!), ("HEARTHKEY_POSTGRESQL__PORT", $"{place.Port}"),
            ]);
    }

    private static async Task<(long Pk, SessionTerms Terms, HashedPassword New)> ProveAsync(FlowSite site)
    {
        var ada = await site.AddUserAsync("ada");
        var account = await site.Services.GetRequiredService<People>().FindAsync(ada.Pk, CancellationToken.None);
        var answer = await Passwords(site).VerifyAsync(account, FlowSite.Password, CancellationToken.None);
        answer.Check.ShouldBe(PasswordCheck.Right);
        site.Time.Advance(TimeSpan.FromSeconds(1));
        return (ada.Pk, new("pwd") { PasswordAt = answer.SetAt }, (await Passwords(site).HashAsync("quite another one", CancellationToken.None)).ShouldNotBeNull());
    }

    private static SignInSessions Sessions(FlowSite site) => site.Services.GetRequiredService<SignInSessions>();

    private static Passwords Passwords(FlowSite site) => site.Services.GetRequiredService<Passwords>();

    private static DefaultHttpContext Request(FlowSite site)
    {
        var context = new DefaultHttpContext { RequestServices = site.Services };
        context.Request.Host = new HostString("id.test");
        return context;
    }
}
