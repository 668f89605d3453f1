using System.Net;
using System.Text.RegularExpressions;
using Hearthkey.E2E.Support;
using Microsoft.Data.Sqlite;

namespace Hearthkey.E2E.Reliability;

/// <summary>
/// The database fails while the server runs, and comes back. Meanwhile: a clear answer, a line in the log that names the cause, nothing
/// lost that was acknowledged, nobody let in, those who were in stay in. Afterwards all is well without a restart.
/// </summary>
public sealed partial class FaultTests
{
    private static readonly ServerOptions _ordinary = new() { OrdinaryUser = true };

    [Fact]
    public async Task A_disk_that_turns_read_only()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var house = await FaultyHouse.StartAsync(_ordinary with { Data = disk.Path });

        await FailAndComeBackAsync(house, disk.BreakAsync, disk.RepairAsync, "is on a disk that is read-only: check the disk, then mount it writable.");
    }

    [Fact]
    public async Task A_disk_that_is_full()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var house = await FaultyHouse.StartAsync(_ordinary with { Data = disk.Path });

        await FailAndComeBackAsync(house, disk.FillAsync, disk.FreeAsync, "could not be written because its disk is full: free some space.");
    }

    [Fact]
    public async Task A_database_that_another_program_has_locked()
    {
        await using var house = await FaultyHouse.StartAsync(_ordinary);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(house.Server.Data, "hearthkey.db")};Pooling=false");
        await other.OpenAsync(TestContext.Current.CancellationToken);

        await FailAndComeBackAsync(house, () => RunAsync(other, "begin exclusive"), () => RunAsync(other, "rollback"), "is locked by another program: stop what else has it open.");
    }

    [Fact]
    public async Task PostgreSQL_that_goes_away()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync("away");
        await using var house = await FaultyHouse.StartAsync(_ordinary with { Environment = postgres.Variables("away") });

        await FailAndComeBackAsync(house, postgres.StopAsync, postgres.StartAgainAsync, "PostgreSQL cannot be reached: check that it runs, and its host, port and TLS settings.");
    }

    /// <summary>DESIGN 4.5: a known session is honoured for STALE_MAX after the last contact, which is asked for each second; then nobody is.</summary>
    [Theory]
    [InlineData("seconds=0", 3)]
    [InlineData("seconds=5", 8)]
    public async Task A_known_session_is_honoured_no_longer_than_the_setting_says(string staleMax, int seconds)
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync("stale");
        await using var house = await FaultyHouse.StartAsync(
            _ordinary with { Environment = new Dictionary<string, string>(postgres.Variables("stale")) { ["HEARTHKEY_STALE_MAX"] = staleMax } });
        (await house.Known.CheckAsync(house.Page)).ShouldBe(HttpStatusCode.OK);

        await postgres.StopAsync();

        (await house.Known.CheckAsync(house.Page)).ShouldBe(HttpStatusCode.OK);
        await Wait.ForAsync("the check to be refused", async () => await house.Known.CheckAsync(house.Page) == HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(seconds + 3));
        await postgres.StartAgainAsync();
        await Wait.ForAsync("the check to pass again", async () => await house.Known.CheckAsync(house.Page) == HttpStatusCode.OK, TimeSpan.FromSeconds(20));
    }

    private static async Task FailAndComeBackAsync(FaultyHouse house, Func<Task> fail, Func<Task> mend, string cause)
    {
        (await house.Known.CheckAsync(house.Page)).ShouldBe(HttpStatusCode.OK);
        (await house.CreateGroupAsync("before")).Status.ShouldBe(HttpStatusCode.Created);
        var journal = new Journal(house.Server.Http, House.Token);
        var load = journal.WriteUntilGoneAsync(workers: 4);
        await Wait.ForAsync("some writes", () => journal.Acknowledged > 20);

        await fail();

        await load;
        // on a full disk the files of the database still have some room: what fits is kept, and must be there afterwards
        var kept = new List<string> { "before" };
        var (status, text) = await house.CreateGroupAsync("during-0");
        while (status == HttpStatusCode.Created && kept.Count < 500)
        {
            kept.Add($"during-{kept.Count - 1}");
            (status, text) = await house.CreateGroupAsync($"during-{kept.Count - 1}");
        }
        status.ShouldBe(HttpStatusCode.ServiceUnavailable, text);
        text.ShouldContain("The database cannot be used at the moment");
        (await LineAsync(house, text)).ShouldContain(cause);
        using var stranger = await ComeInUntilRefusedAsync(house);
        stranger.Last.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, stranger.Last.Text);
        stranger.Last.Text.ShouldContain("The database cannot be used right now");
        stranger.Last.Text.ShouldContain("Try again in a moment");
        (await LineAsync(house, stranger.Last.Text)).ShouldContain(cause);
        (await house.CheckStrangerAsync()).ShouldNotBe(HttpStatusCode.OK);
        (await stranger.CheckAsync(house.Page)).ShouldNotBe(HttpStatusCode.OK);
        (await house.Known.CheckAsync(house.Page)).ShouldBe(HttpStatusCode.OK, "who was in stays in");

        await mend();

        await Wait.ForAsync("writes to be taken again", async () => (await house.CreateGroupAsync("after")).Status is HttpStatusCode.Created or HttpStatusCode.BadRequest);
        (await stranger.IsKnownAtAsync(house.Login)).ShouldBeFalse("what was refused did not come in by the back door");
        foreach (var name in kept.Append("after")) (await house.HasGroupAsync(name)).ShouldBeTrue(name);
        (await house.HasGroupAsync($"during-{kept.Count - 1}")).ShouldBeFalse("it was refused");
        (await journal.CompareAsync()).ShouldBeEmpty();
        using var next = await house.ComeInAsync();
        (await next.IsKnownAtAsync(house.Login)).ShouldBeTrue(next.Last.Text);
        (await house.Known.CheckAsync(house.Page)).ShouldBe(HttpStatusCode.OK);
        await house.Known.SignOutAsync(house.Login);
        await Wait.ForAsync("the signed-out session to be refused", async () => await house.Known.CheckAsync(house.Page) == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(5));
    }

    private static async Task<SignedIn> ComeInUntilRefusedAsync(FaultyHouse house)
    {
        for (var tries = 0; ; tries++)
        {
            var person = await house.ComeInAsync();
            if (person.Last.Status == HttpStatusCode.ServiceUnavailable || tries == 100) return person;
            person.Dispose();
        }
    }

    /// <summary>The line of the log that has the reference of this answer.</summary>
    private static async Task<string> LineAsync(FaultyHouse house, string text)
    {
        var reference = Reference().Match(text).Value;
        reference.ShouldNotBeEmpty(text);
        string? line = null;
        await Wait.ForAsync($"the reference {reference} in the log", () => (line = Array.Find(house.Server.Log.Split('\n'), l => l.Contains(reference, StringComparison.Ordinal))) is not null,
            TimeSpan.FromSeconds(5), () => house.Server.Log);
        return line!;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("[2-9BCDFGHJKMNPQRSTVWXZ]{4}-[2-9BCDFGHJKMNPQRSTVWXZ]{4}")]
    private static partial Regex Reference();
}
