namespace Hearthkey.Flows;

/// <summary>How far a person has come in a flow: all that decides what is asked next. The browser holds nothing but the name of its row.</summary>
public sealed record FlowState
{
    public Guid Flow { get; init; }

    /// <summary>Stage bindings that are passed.</summary>
    public IReadOnlyList<Guid> Passed { get; init; } = [];

    /// <summary>Path and query on our own origin to go to at the end.</summary>
    public string? Next { get; init; }

    /// <summary>The person that this is about: found by a stage, not yet proved unless <see cref="Proofs"/> says so.</summary>
    public long? UserPk { get; init; }

    /// <summary>What the person typed as their name.</summary>
    public string? Login { get; init; }

    /// <summary>How the person proved who they are, as authentication method references (RFC 8176).</summary>
    public IReadOnlyList<string> Proofs { get; init; } = [];

    /// <summary>When the password that was proved had been set: with another one since, the proof is none.</summary>
    public DateTimeOffset? PasswordAt { get; init; }

    /// <summary>The session that vouches for the person, where that is their proof: over, it vouches for nobody.</summary>
    public Guid? Session { get; init; }

    /// <summary>Answers to prompts by their field key.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>();

    /// <summary>A password that was chosen, as its hash.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Wrong answers by stage binding.</summary>
    public IReadOnlyDictionary<string, long> Failures { get; init; } = new Dictionary<string, long>();

    /// <summary>The name of the <see cref="FlowEntry"/> that let the person in; a stage may trust what it filled in.</summary>
    public string? Entry { get; init; }

    public FlowState With(string key, string value) => this with { Data = new Dictionary<string, string>(Data) { [key] = value } };

    public FlowState Failed(Guid binding) =>
        this with { Failures = new Dictionary<string, long>(Failures) { [binding.ToString()] = FailuresOf(binding) + 1 } };

    public long FailuresOf(Guid binding) => Failures.GetValueOrDefault(binding.ToString());
}
