using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth;

/// <summary>Something about the wiring of a provider that an operator should look at, in words for the provider's page.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Came">What was sent, or is the case.</param>
/// <param name="Expected">What would be right; may be blank.</param>
/// <param name="Change">What to do about it, with the directive to write where there is one.</param>
/// <param name="At">When it was last seen; null for what is the case as long as nobody changes it.</param>
public sealed record Finding(FindingSeverity Severity, string Title, string Came, string Expected, string Change, DateTimeOffset? At)
{
    /// <summary>How often it was seen.</summary>
    public long Count { get; init; } = 1;

    /// <summary>Status of the answer that was given; 0 where the answer was not affected.</summary>
    public int Status { get; init; }

    /// <summary>A check has arrived in good order since: shown as past.</summary>
    public bool IsOver { get; init; }

    /// <summary>What the outpost noticed; null for what comes from elsewhere.</summary>
    internal OutpostFinding? Kind { get; init; }
}

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>It works, but something should be better.</summary>
    Warning,

    /// <summary>Somebody was refused because of it.</summary>
    Problem,
}
