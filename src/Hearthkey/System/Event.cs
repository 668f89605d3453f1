using System.Text.Json;

namespace Hearthkey.System;

/// <summary>Something that happened, in wire shape.</summary>
public sealed record Event
{
    public Guid Pk { get; init; }

    /// <summary>Who did it: <c>pk</c>, <c>username</c>, <c>email</c>; without <c>pk</c> where nobody is known.</summary>
    public JsonElement User { get; init; }

    public string Action { get; init; } = "";

    public string App { get; init; } = "";

    /// <summary>What happened; <c>occurrences</c> says how often within a minute, where more than once.</summary>
    public JsonElement Context { get; init; }

    public string? ClientIp { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Expires { get; init; }

    public JsonElement Brand { get; init; }
}

/// <summary>How many events of one action a day had, in wire shape.</summary>
public sealed record EventVolume(string Action, DateTimeOffset Time, long Count);

/// <summary>How often an application was used and by how many people, in wire shape.</summary>
public sealed record EventTopPerUser(JsonElement Application, long CountedEvents, long UniqueUsers);

/// <summary>How many people, and how many events in each of the last spans.</summary>
public sealed record EventStats(IReadOnlyDictionary<string, long> CountStep, long UniqueUsers);
