namespace Hearthkey.Tests.Directory;

/// <summary>Texts that are legal JSON and cannot be kept.</summary>
public sealed class BadTextTests : IAsyncLifetime
{
    private DirectorySite _site = null!;

    public async ValueTask InitializeAsync() => _site = await DirectorySite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("""{"username":"\ud800","name":"x"}""")]
    [InlineData("""{"username":"a\u0000b","name":"x"}""")]
    [InlineData("""{"username":"a","name":"x","attributes":{"deep":[{"\u0000":1}]}}""")]
    [InlineData("""{"username":"a","name":"x","attributes":{"\udc00":1}}""")]
    public async Task A_text_that_cannot_be_kept_is_refused(string input)
    {
        var reply = await _site.PostAsync("core/users/", input);

        reply.Status.ShouldBe(400);
        reply.Error("detail").ShouldContain("not allowed in texts");
    }

    [Theory]
    [InlineData("core/users/?username=a%00b")]
    [InlineData("core/users/?search=%00")]
    [InlineData("core/users/?username=%ff%fe")]
    public async Task A_query_that_cannot_be_kept_finds_nothing(string path) => (await _site.GetAsync(path)).Names("username").ShouldBeEmpty();
}
