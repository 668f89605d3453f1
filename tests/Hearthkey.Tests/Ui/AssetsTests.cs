using System.IO.Compression;
using System.Net;
using Hearthkey.Ui;

namespace Hearthkey.Tests.Ui;

public sealed class AssetsTests
{
    [Theory]
    [InlineData("theme.css", "text/css")]
    [InlineData("app.js", "text/javascript")]
    [InlineData("logo.svg", "image/svg+xml")]
    public async Task An_asset_is_served_under_its_hash_and_cached_for_ever(string name, string type)
    {
        await using var site = await UiSite.StartAsync();

        using var answer = await site.GetAsync(Assets.Url(name));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip;q=0.8", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    [InlineData("brotli", null)]
    public async Task An_asset_comes_in_the_best_encoding_the_browser_takes(string accepted, string? encoding)
    {
        await using var site = await UiSite.StartAsync();
        var plain = await site.TextAsync(Assets.Css);

        using var answer = await site.GetAsync(Assets.Css, ("Accept-Encoding", accepted));

        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding);
        (await UnpackAsync(answer, encoding)).ShouldBe(plain);
    }

    [Theory]
    [InlineData("/assets/000000000000/theme.css")]
    [InlineData("/assets/000000000000/nothing.css")]
    public async Task An_asset_that_is_not_there_under_that_hash_is_not_found(string path)
    {
        await using var site = await UiSite.StartAsync();

        using var answer = await site.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string> UnpackAsync(HttpResponseMessage answer, string? encoding)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var packed = await answer.Content.ReadAsStreamAsync(ct);
        await using Stream stream = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }
}
