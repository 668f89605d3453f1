using System.Net;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Reliability;

/// <summary>
/// Things break while people ask for protected pages, behind nginx and in proxy mode: nobody new is let in, no session is lost, whoever has
/// signed out stays out, and all is well again within ten seconds, without a hand.
/// </summary>
public sealed class GuardUnderFaultTests
{
    private static readonly TimeSpan _recovery = TimeSpan.FromSeconds(10);

    private static readonly HttpStatusCode[] _askedToSignIn = [HttpStatusCode.Unauthorized, HttpStatusCode.Redirect, HttpStatusCode.SeeOther];

    [Fact]
    public Task A_server_that_is_killed_on_sqlite() => KillAsync(new Dictionary<string, string>());

    [Fact]
    public async Task A_server_that_is_killed_on_postgresql()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync("guard");
        await KillAsync(postgres.Variables("guard"));
    }

    [Fact]
    public async Task A_database_that_goes_away()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync("guard");
        await using var house = await GuardedHouse.StartAsync(postgres.Variables("guard"));

        await BreakAsync(house, async known =>
        {
            await postgres.StopAsync();
            using var late = await house.ComeInAsync();
            late.Last.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, late.Last.Text);
            (await new Asker(house, "late", late).OpensAllAsync()).ShouldBeFalse();
            (await known.OpensAllAsync()).ShouldBeTrue("memory is believed for a while");
            await postgres.StartAgainAsync();
        });
    }

    /// <summary>A clock that was set wrongly and is put right, or the other way round.</summary>
    [Theory]
    [InlineData("+50m")]
    [InlineData("-2h")]
    public async Task A_clock_that_is_set(string step)
    {
        using var folder = new TempFolder("clock");
        var clock = folder.At("offset");
        await File.WriteAllTextAsync(clock, "+0", TestContext.Current.CancellationToken);
        await using var house = await GuardedHouse.StartAsync(new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = FakeTime(),
            ["FAKETIME_TIMESTAMP_FILE"] = clock,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        });

        await BreakAsync(house, async known =>
        {
            await File.WriteAllTextAsync(clock, step, TestContext.Current.CancellationToken);
            var shift = step == "-2h" ? TimeSpan.FromHours(-2) : TimeSpan.FromMinutes(50);
            // the Date of an answer is made once a second
            await Wait.ForAsync("the server's clock to be another", async () => (await ServerClockAsync(house) - TimeProvider.System.GetUtcNow() - shift).Duration() < TimeSpan.FromMinutes(1), _recovery);
            // what a clock that jumped ahead makes look old is believed again with the database's next answer
            await Wait.ForAsync("a session that was good for an hour", known.OpensAllAsync, _recovery);
            using var late = await house.ComeInAsync();
            (await new Asker(house, "late", late).OpensAllAsync()).ShouldBeTrue("people can sign in at any time");
            await File.WriteAllTextAsync(clock, "+0", TestContext.Current.CancellationToken);
        });
    }

    private static async Task KillAsync(IReadOnlyDictionary<string, string> environment)
    {
        await using var house = await GuardedHouse.StartAsync(environment);
        await BreakAsync(house, async known =>
        {
            await house.Server.KillAsync();
            (await known.OpensAllAsync()).ShouldBeFalse("nobody can say who may pass");
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            await house.Server.StartAgainAsync(waitUntilReady: false);
        });
    }

    /// <param name="fault">Breaks something, looks around, and mends it.</param>
    private static async Task BreakAsync(GuardedHouse house, Func<Asker, Task> fault)
    {
        using var person = await house.ComeInAsync();
        using var leaver = await house.ComeInAsync();
        await leaver.SignOutAsync(house.Address);
        var (known, gone, stranger) = (new Asker(house, "known", person), new Asker(house, "gone", leaver), new Asker(house, "stranger", null));
        (await known.OpensAllAsync()).ShouldBeTrue();
        leaver.CookieHeader(house.Pages[0]).ShouldContain("authentik_proxy_");
        using var end = new CancellationTokenSource();
        var load = Task.WhenAll(known.AskAsync(4, end.Token), gone.AskAsync(2, end.Token), stranger.AskAsync(2, end.Token));
        await Wait.ForAsync("the load to begin", () => known.Answers.GetValueOrDefault(HttpStatusCode.OK) > 50 && gone.Answers.Count > 0 && stranger.Answers.Count > 0);

        await fault(known);

        await Wait.ForAsync("all to be well again", known.OpensAllAsync, _recovery, () => house.Server.Log);
        var before = known.Answers[HttpStatusCode.OK];
        await Wait.ForAsync("the load to go on", () => known.Answers[HttpStatusCode.OK] > before + 50);
        await end.CancelAsync();
        await load;
        known.Answers.Keys.ShouldNotContain(status => _askedToSignIn.Contains(status), "no session is lost");
        gone.Reached.ShouldBe(0, "who has signed out stays out");
        stranger.Reached.ShouldBe(0, "nobody new is let in");
        known.Reached.ShouldBeGreaterThan(100);
    }

    private static async Task<DateTimeOffset> ServerClockAsync(GuardedHouse house)
    {
        using var client = house.CreateClient();
        using var answer = await client.GetAsync(new Uri(house.Address, "/-/health/live/"));
        return answer.Headers.Date ?? throw new InvalidOperationException("the answer has no Date");
    }

    private static string FakeTime() => Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("libfaketime is not installed: ./test installs it.");
}
