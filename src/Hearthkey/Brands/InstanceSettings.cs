using System.Text.Json;
using System.Text.Json.Serialization;
using Hearthkey.Hosting;
using Hearthkey.Storage;

namespace Hearthkey.Brands;

/// <summary>What is set once for the whole instance, in the wire shape of <c>admin/settings/</c>; one row, part of the snapshot.</summary>
public sealed record InstanceSettings
{
    /// <summary>Kind of its changes in the feed.</summary>
    public const string Kind = "authentik_tenants.settings";

    private const string Row = "settings";

    /// <summary>Where avatars come from. Only the initials are built.</summary>
    public string Avatars { get; init; } = "initials";

    /// <summary>The address that people use, without a path. Null until setup adopts one; <c>WEB__BASE_URL</c> wins over it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BaseUrl { get; init; }

    /// <summary>People may change their own name. Default true; not built yet.</summary>
    public bool DefaultUserChangeName { get; init; } = true;

    /// <summary>People may change their own e-mail address. Default false; not built yet.</summary>
    public bool DefaultUserChangeEmail { get; init; }

    /// <summary>People may change their own username. Default false; not built yet.</summary>
    public bool DefaultUserChangeUsername { get; init; }

    /// <summary>How long events are kept, as <c>days=365</c>. Default as authentik's.</summary>
    public string EventRetention { get; init; } = "days=365";

    /// <summary>Lowest reputation score. Default -5, as authentik; not built yet.</summary>
    public int ReputationLowerLimit { get; init; } = -5;

    /// <summary>Highest reputation score. Default 5, as authentik; not built yet.</summary>
    public int ReputationUpperLimit { get; init; } = 5;

    /// <summary>Links at the foot of pages. Default none; not built yet.</summary>
    public IReadOnlyList<string> FooterLinks { get; init; } = [];

    /// <summary>A deleted user's events go too. Default true, as authentik; not built yet.</summary>
    public bool GdprCompliance { get; init; } = true;

    /// <summary>Admins may act as others. Default true, as authentik; not built yet.</summary>
    public bool Impersonation { get; init; } = true;

    /// <summary>They must say why. Default true, as authentik; not built yet.</summary>
    public bool ImpersonationRequireReason { get; init; } = true;

    /// <summary>Life of a new token where none is named, as <c>minutes=30</c>. Default: a year, DESIGN 6.9.</summary>
    public string DefaultTokenDuration { get; init; } = "days=365";

    /// <summary>Characters of a new token's key. Default 60, as authentik's.</summary>
    public int DefaultTokenLength { get; init; } = 60;

    /// <summary>Results on a page of the API where the client names no number. Default 20, as authentik.</summary>
    public int PaginationDefaultPageSize { get; init; } = 20;

    /// <summary>Most results on a page of the API. Default 100, as authentik.</summary>
    public int PaginationMaxPageSize { get; init; } = 100;

    /// <summary>Switches of authentik's schema; all stand at their defaults.</summary>
    public InstanceFlags Flags { get; init; } = new();

    internal static async ValueTask<InstanceSettings> LoadAsync(Settings process, Db db)
    {
        var stored = await db.OneAsync($"select value from singleton where name = {Row}", r => r.Json());
        var settings = stored is null ? new() : JsonSerializer.Deserialize(stored, BrandsJson.Default.InstanceSettings)!;
        return process.BaseUrl is { } url ? settings with { BaseUrl = Origin.Of(url).ToString() } : settings;
    }

    /// <summary>Stores them; in force everywhere once the unit has committed.</summary>
    public static async ValueTask SaveAsync(Db db, InstanceSettings settings)
    {
        var value = new Json(JsonSerializer.Serialize(settings, BrandsJson.Default.InstanceSettings));
        await db.ExecAsync($"insert into singleton (name, value) values ({Row}, {value}) on conflict (name) do update set value = excluded.value");
        await db.ChangedAsync(Kind, Row);
    }
}

/// <summary>Switches that the API's schema asks for; none of them is built, all stand at authentik's defaults.</summary>
public sealed record InstanceFlags
{
    public bool CoreDefaultAppAccess { get; init; } = true;

    public bool EnterpriseAuditIncludeExpandedDiff { get; init; }

    public bool FlowsContinuousLogin { get; init; }

    public bool FlowsRefreshOthers { get; init; }
}
