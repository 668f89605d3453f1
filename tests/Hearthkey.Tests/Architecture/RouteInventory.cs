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
        var received = string.Join('\n', (await RoutesAsync()).Select(Line).Distinct().Order(StringComparer.Ordinal)) + "\n";
        var approved = Path.Combine(_folder, "routes.approved.txt");
        var path = Path.Combine(_folder, "routes.received.txt");
        File.Delete(path);
        if (received == await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken)) return;

        await File.WriteAllTextAsync(path, received, TestContext.Current.CancellationToken);
        received.ShouldBe(await File.ReadAllTextAsync(approved, TestContext.Current.CancellationToken), $"mv {path} {approved} if this is meant");
    }

    [Fact]
    public async Task Every_route_says_who_may_call_it() =>
        (await RoutesAsync()).Where(route => route.Metadata.GetMetadata<Access>() is null).Select(Line).ShouldBeEmpty();

    private static async Task<List<RouteEndpoint>> RoutesAsync()
    {
        await using var app = HearthkeyServer.Create([], builder => builder.Logging.ClearProviders());
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    private static string Line(RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? string.Join(',', named.Order(StringComparer.Ordinal)) : "any";
        var pattern = route.RoutePattern.RawText!;
        return $"{methods} {(pattern.StartsWith('/') ? "" : "/")}{pattern} · {route.Metadata.GetMetadata<Access>()?.Who ?? "not said"}";
    }
}
