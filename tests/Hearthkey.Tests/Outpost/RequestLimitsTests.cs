using Hearthkey.Outpost;

namespace Hearthkey.Tests.Outpost;

public sealed class RequestLimitsTests
{
    [Theory]
    [InlineData("", "", "POST", "/any", true)]
    [InlineData("", "", null, null, true)]
    [InlineData("GET HEAD", "", "HEAD", null, true)]
    [InlineData("GET", "", "POST", "/", false)]
    [InlineData("GET", "", "get", "/", false)]
    [InlineData("GET", "", null, "/", false)]
    [InlineData("", "/api/.*", "POST", "/api/x", true)]
    [InlineData("", "/api/.*", "POST", "/private/api/x", false)]
    [InlineData("", "/api", "POST", "/api/x", false)]
    [InlineData("", "/api", "POST", "/api\n", false)]
    [InlineData("", "/a|/b", "POST", "/bc", false)]
    [InlineData("", "/a|/b", "POST", "/b", true)]
    [InlineData("", "/api", "POST", null, false)]
    [InlineData("GET", "/api", "GET", "/api", true)]
    [InlineData("GET", "/api", "POST", "/api", false)]
    [InlineData("", "(", "GET", "/", false)]
    public void A_request_is_allowed_by_method_and_whole_path(string methods, string paths, string? method, string? path, bool isAllowed) =>
        RequestLimits.Of(Words(methods), Words(paths)).Allow(method, path).ShouldBe(isAllowed);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
