using System.Collections.Frozen;
using System.Security.Cryptography;
using Hearthkey.Hosting;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Hearthkey.Ui;

/// <summary>Style sheet, script and images: embedded in the binary, compressed at build, served under the hash of their content and cached for ever.</summary>
public static class Assets
{
    private const string ResourcePrefix = "ui/";

    private static readonly FrozenDictionary<string, Asset> _files = Load();

    public static string Css { get; } = Url("theme.css");

    public static string Js { get; } = Url("app.js");

    public static string Url(string name) => $"/assets/{_files[name].Hash}/{name}";

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{hash}/{name}", ServeAsync).WithMetadata(Access.Anyone);

    private static Task ServeAsync(string hash, string name, HttpContext c)
    {
        if (!_files.TryGetValue(name, out var file) || file.Hash != hash)
        {
            c.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var (body, encoding) = file.For(c.Request.Headers.AcceptEncoding);
        c.Response.ContentType = file.ContentType;
        c.Response.ContentLength = body.Length;
        c.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        c.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null) c.Response.Headers.ContentEncoding = encoding;
        return c.Response.Body.WriteAsync(body, c.RequestAborted).AsTask();
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        var all = typeof(Assets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToDictionary(name => name[ResourcePrefix.Length..], Read);
        return all.Where(file => Path.GetExtension(file.Key) is not (".br" or ".gz"))
            .ToFrozenDictionary(file => file.Key, file => new Asset(
                file.Value, all.GetValueOrDefault(file.Key + ".br"), all.GetValueOrDefault(file.Key + ".gz"), TypeOf(file.Key), HashOf(file.Value)));
    }

    private static byte[] Read(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // 48 bits tell the versions of one file apart
    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content))[..12];

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };

    private sealed record Asset(byte[] Plain, byte[]? Brotli, byte[]? Gzip, string ContentType, string Hash)
    {
        public (byte[] Body, string? Encoding) For(StringValues accepted)
        {
            var wanted = StringWithQualityHeaderValue.TryParseList(accepted, out var parsed) ? parsed : [];
            if (Brotli is not null && Takes(wanted, "br")) return (Brotli, "br");
            return Gzip is not null && Takes(wanted, "gzip") ? (Gzip, "gzip") : (Plain, null);
        }

        private static bool Takes(IList<StringWithQualityHeaderValue> wanted, string encoding) =>
            wanted.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is not 0);
    }
}
