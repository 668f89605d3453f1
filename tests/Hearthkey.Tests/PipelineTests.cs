using Hearthkey.Hosting;
using Hearthkey.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests;

/// <summary>What a failure is answered with: a database that is away is no mistake of ours, and the other way round.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private readonly string _folder = global::System.IO.Directory.CreateTempSubdirectory("hk-pipeline-").FullName;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _app = HearthkeyServer.Create(
            new Dictionary<string, string>
            {
                ["HEARTHKEY_DATA"] = _folder,
                ["HEARTHKEY_LISTEN__HTTP"] = "127.0.0.1:0",
                ["HEARTHKEY_LISTEN__HTTPS"] = "127.0.0.1:0",
                ["HEARTHKEY_LISTEN__METRICS"] = "127.0.0.1:0",
            },
            builder => builder.Logging.ClearProviders());
        foreach (var prefix in (string[])["/api/v3/test", "/test"])
        {
            Map(prefix + "/wrong", db => db.ExecAsync($"update no_such_table set x = {1}"));
            Map(prefix + "/away", _ => throw new StorageUnavailableException("The database /secret/place is locked by another program: stop what else has it open."));
        }
        await HearthkeyServer.StartAsync(_app, CancellationToken.None);
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        _client = new HttpClient { BaseAddress = new Uri(addresses.First(a => a.StartsWith("http:", StringComparison.Ordinal))) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        global::System.IO.Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("/api/v3/test/wrong")]
    [InlineData("/test/wrong")]
    public async Task A_statement_that_is_wrong_is_a_bug_and_no_outage(string path)
    {
        var (status, headers, text) = await GetAsync(path);

        status.ShouldBe(500);
        headers.RetryAfter.ShouldBeNull("the next try fails as well");
        text.ShouldNotContain("no_such_table");
        text.ShouldMatch("[0-9B-Z]{4}-[0-9B-Z]{4}", "the reference of the log line");
    }

    [Theory]
    [InlineData("/api/v3/test/away", "the log has the cause under reference")]
    [InlineData("/test/away", "Try again in a moment")]
    public async Task A_database_that_is_away_is_a_503_that_says_what_to_do(string path, string next)
    {
        var (status, headers, text) = await GetAsync(path);

        status.ShouldBe(503);
        headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        headers.CacheControl!.NoStore.ShouldBeTrue();
        text.ShouldContain("database cannot be used");
        text.ShouldContain(next);
        text.ShouldNotContain("/secret/place", Case.Sensitive, "the cause is for the log");
        text.ShouldMatch("[0-9B-Z]{4}-[0-9B-Z]{4}");
    }

    private void Map(string path, Func<Db, ValueTask<int>> unit) => _app.MapMethods(path, ["GET"], (RequestDelegate)(async context =>
        await context.RequestServices.GetRequiredService<IStore>().WriteAsync(unit, context.RequestAborted))).WithMetadata(Access.Anyone);

    private async Task<(int Status, global::System.Net.Http.Headers.HttpResponseHeaders Headers, string Text)> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, answer.Headers, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
