using Hearthkey.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Hearthkey.Tests.Architecture;

/// <summary>
/// Every route with who may call it stands in <c>routes.approved.txt</c>: a new way in is seen in review. When this fails,
/// compare <c>routes.received.txt</c> with it, and take it over if the change is meant.
/// </summary>
public sealed class RouteInventory
{
    private static readonly string _folder = Path.Combine(Checkout.Root, "tests", "Hearthkey.Tests", "Architecture");

    [Fact]
    public async Task Every_route_is_approved_with_who_may_call_it()
    {
        var (approvedPath, receivedPath) = (Path.Combine(_folder, "routes.approved.txt"), Path.Combine(_folder, "routes.received.txt"));
        var received = (await RoutesAsync()).Select(Line).Concat(MetricsListener.Paths.Select(path => $"GET,HEAD LISTEN__METRICS{path} · anyone")).Distinct().Order(StringComparer.Ordinal).ToList();
        var approved = await File.ReadAllLinesAsync(approvedPath, TestContext.Current.CancellationToken);
        File.Delete(receivedPath);
        if (received.SequenceEqual(approved)) return;

        await File.WriteAllTextAsync(receivedPath, string.Join('\n', received) + "\n", TestContext.Current.CancellationToken);
        var hint = $"mv {receivedPath} {approvedPath} if this is meant";
        received.Except(approved).ShouldBeEmpty($"new routes; {hint}");
        approved.Except(received).ShouldBeEmpty($"routes that are gone; {hint}");
        received.SequenceEqual(approved).ShouldBeTrue($"the same routes in another order; {hint}");
    }

    [Fact]
    public async Task Every_route_says_who_may_call_it() =>
        (await RoutesAsync()).Where(route => route.Metadata.GetMetadata<Access>() is null).Select(Line).ShouldBeEmpty();

    private static async Task<List<RouteEndpoint>> RoutesAsync()
    {
        await using var app = HearthkeyServer.Create(new Dictionary<string, string> { ["HEARTHKEY_DATA"] = Path.GetTempPath() }, builder => builder.Logging.ClearProviders());
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    private static string Line(RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? string.Join(',', named.Order(StringComparer.Ordinal)) : "any";
        var pattern = route.RoutePattern.RawText!;
        return $"{methods} {(pattern.StartsWith('/') ? "" : "/")}{pattern} · {route.Metadata.GetMetadata<Access>()?.Who ?? "not said"}";
    }
}
