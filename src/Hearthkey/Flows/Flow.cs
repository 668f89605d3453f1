using System.Text.Json.Serialization;

namespace Hearthkey.Flows;

/// <summary>A flow in wire shape: what people go through to sign in, to sign out, to be set up.</summary>
public sealed record Flow
{
    public Guid Pk { get; init; }

    /// <summary>What a policy binding names it by.</summary>
    public Guid PolicybindingmodelPtrId { get; init; }

    public string Name { get; init; } = "";

    public string Slug { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>What it is for: <c>authentication</c>, <c>authorization</c>, <c>invalidation</c>, <c>enrollment</c>, <c>unenrollment</c>, <c>recovery</c>, <c>stage_configuration</c>.</summary>
    public string Designation { get; init; } = "";

    public string Background { get; init; } = "";

    public string BackgroundUrl => "";

    public string? BackgroundThemedUrls => null;

    public IReadOnlyList<Guid> Stages { get; init; } = [];

    public IReadOnlyList<Guid> Policies { get; init; } = [];

    public int CacheCount => 0;

    public string PolicyEngineMode { get; init; } = "any";

    /// <summary>Asks for fields that every password manager finds. The pages here have no others, so both values mean the same; programs get back what they set.</summary>
    public bool CompatibilityMode { get; init; }

    public string ExportUrl => $"/api/v3/flows/instances/{Slug}/export/";

    public string Layout { get; init; } = "stacked";

    /// <summary>What a refusal does: <c>message_continue</c> shows it with a way on, <c>message</c> without, <c>continue</c> goes on at once.</summary>
    public string DeniedAction { get; init; } = "message_continue";

    /// <summary>Who may enter: <c>none</c>, <c>require_authenticated</c>, <c>require_unauthenticated</c>, <c>require_superuser</c>.</summary>
    public string Authentication { get; init; } = "none";

    [JsonIgnore]
    internal FlowSet Summary => new(Pk, PolicybindingmodelPtrId, Name, Slug, Title, Designation, BackgroundUrl, PolicyEngineMode, CompatibilityMode, ExportUrl, Layout, DeniedAction);
}

/// <summary>A flow as a stage lists it.</summary>
public sealed record FlowSet(
    Guid Pk, Guid PolicybindingmodelPtrId, string Name, string Slug, string Title, string Designation, string BackgroundUrl, string PolicyEngineMode,
    bool CompatibilityMode, string ExportUrl, string Layout, string DeniedAction);
