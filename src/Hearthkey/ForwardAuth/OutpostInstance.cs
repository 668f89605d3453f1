using System.Text.Json;
using System.Text.Json.Serialization;
using Hearthkey.Applications;

namespace Hearthkey.ForwardAuth;

/// <summary>What serves proxy providers, in wire shape. There is one: the embedded outpost, inside this server.</summary>
public sealed record OutpostInstance
{
    public Guid Pk { get; init; }

    /// <summary>Sent to applications as <c>X-authentik-meta-outpost</c>.</summary>
    public string Name { get; init; } = "";

    public string Type { get; init; } = OutpostInstances.Proxy;

    /// <summary>The providers that it serves; others are refused.</summary>
    public IReadOnlyList<long> Providers { get; init; } = [];

    public IReadOnlyList<Provider> ProvidersObj { get; init; } = [];

    public Guid? ServiceConnection { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? ServiceConnectionObj { get; init; }

    /// <summary>Seconds; changes are in force within a second here, so this only tells standalone outposts something.</summary>
    public int RefreshIntervalS { get; init; } = 300;

    /// <summary>Name that the token of a standalone outpost has.</summary>
    public string TokenIdentifier => $"ak-outpost-{Pk}-api";

    public JsonElement Config { get; init; }

    /// <summary>Names an outpost that Hearthkey brings along.</summary>
    public string? Managed { get; init; }
}
