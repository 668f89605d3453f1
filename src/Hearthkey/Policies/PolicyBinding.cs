using System.Text.Json;
using Hearthkey.Directory;

namespace Hearthkey.Policies;

/// <summary>Binds a group or a person to something that may be opened, in wire shape.</summary>
public sealed record PolicyBinding
{
    public Guid Pk { get; init; }

    /// <summary>Policies are not built yet: always null.</summary>
    public Guid? Policy { get; init; }

    /// <summary>Members of this group pass, those of its child groups too.</summary>
    public Guid? Group { get; init; }

    /// <summary>This person passes.</summary>
    public long? User { get; init; }

    public JsonElement? PolicyObj { get; init; }

    public PartialGroup? GroupObj { get; init; }

    public PartialUser? UserObj { get; init; }

    /// <summary>The <c>pbm_uuid</c> of what is bound.</summary>
    public Guid Target { get; init; }

    /// <summary>Turns the result around.</summary>
    public bool Negate { get; init; }

    /// <summary>A binding that is switched off counts as not there.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Bindings are asked from the lowest number up.</summary>
    public long Order { get; init; }

    /// <summary>Seconds that a policy may take; only the default of 30 until policies are built.</summary>
    public long Timeout { get; init; } = 30;

    /// <summary>The result of a policy that fails; only false until policies are built.</summary>
    public bool FailureResult { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public bool Expiring { get; init; }
}
