using System.Text.Json.Nodes;
using Hearthkey.Hosting;
using Hearthkey.Resources;

namespace Hearthkey.System.Description;

/// <summary>The OpenAPI 3.0.3 document of exactly the endpoints that exist, made from their metadata.</summary>
internal sealed class ApiDescription(EndpointDataSource endpoints)
{
    private const string Root = "/api/v3";

    public JsonObject Build()
    {
        var components = new Components();
        var keys = new KeyNames(endpoints.Endpoints);
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (!path.StartsWith(Root + "/", StringComparison.Ordinal)) continue;
            path = keys.In(path[Root.Length..]);
            if (!paths.TryGetValue(path, out var item)) paths[path] = item = [];
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                item[method.ToLowerInvariant()] = Operation(endpoint, path, method, components);
        }
        var all = new JsonObject();
        foreach (var (path, item) in paths) all[path] = item;
        return new()
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject { ["title"] = "Hearthkey", ["version"] = Product.Version, ["description"] = "Errors: by field in a 400, otherwise {\"detail\": …}." },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = Root }),
            ["paths"] = all,
            ["components"] = new JsonObject
            {
                ["schemas"] = components.ToJson(),
                ["securitySchemes"] = new JsonObject { ["authentik"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            },
        };
    }

    private static JsonObject Operation(RouteEndpoint endpoint, string path, string method, Components components)
    {
        var door = endpoint.Metadata.GetMetadata<ResourceDoor>();
        var shape = door?.Resource.Describe();
        var answer = endpoint.Metadata.GetMetadata<AnswerShape>();
        var isOpen = endpoint.Metadata.GetMetadata<Access>() == Access.Anyone;
        var words = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => !s.StartsWith('{')).Select(s => s.Replace('-', '_'));
        var operation = new JsonObject
        {
            ["operationId"] = string.Join('_', words) + "_" + (door?.Verb ?? OperationText.Verb(method, answer?.Json)),
            ["tags"] = new JsonArray(path.Split('/')[1]),
        };
        var parameters = OperationText.Parameters(path, door?.Verb, shape, answer);
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (OperationText.Body(method, door?.Verb, shape, components) is { } body) operation["requestBody"] = body;
        operation["responses"] = OperationText.Responses(endpoint, door?.Verb, shape, components);
        operation["security"] = isOpen ? [] : new JsonArray(new JsonObject { ["authentik"] = new JsonArray() });
        return operation;
    }
}
