using System.Text.Json.Nodes;

namespace Hearthkey.Audit;

/// <summary>The brand by which a request came, as events name it: <c>app</c>, <c>model_name</c>, <c>pk</c>, <c>name</c>. The area that owns brands registers it.</summary>
public sealed record BrandOfRequest(Func<HttpContext, JsonObject> Find);
