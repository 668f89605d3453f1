using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.SelfTests;

/// <summary>The published server starts, ends and comes back the ways that scenarios need.</summary>
public sealed class ServerProcessTests
{
    [Fact]
    public async Task The_server_is_ready_and_comes_back_after_a_kill()
    {
        await using var server = await ServerProcess.StartAsync();
        using var client = new HostMap().CreateClient();

        await server.KillAsync();
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri(server.Http, "/-/health/live/"), TestContext.Current.CancellationToken));
        await server.StartAgainAsync();

        using var answer = await client.GetAsync(new Uri(server.Http, "/-/health/live/"), TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200, server.Log);
        File.Exists(Path.Combine(server.Data, "hearthkey.db")).ShouldBeTrue();

        await server.StopAsync();
        server.ExitCode.ShouldBe(0, server.Log);
    }

    [Fact]
    public async Task The_server_runs_as_an_ordinary_user_from_a_folder_that_is_not_its_own()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions { OrdinaryUser = true });

        var status = await File.ReadAllTextAsync($"/proc/{server.ProcessId}/status", TestContext.Current.CancellationToken);

        status.ShouldNotContain("Uid:\t0\t", customMessage: status);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_server_with_its_name()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            WaitUntilReady = false,
            Environment = new Dictionary<string, string> { ["HEARTHKEY_NO_SUCH_THING"] = "1" },
        });

        await server.WaitForEndAsync();

        server.ExitCode.ShouldBe(1, server.Log);
        server.Log.ShouldContain("HEARTHKEY_NO_SUCH_THING");
    }
}
