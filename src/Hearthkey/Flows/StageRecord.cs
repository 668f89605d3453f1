using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Hearthkey.Flows;

/// <summary>What every kind of stage has, in wire shape; the rest is the kind's own.</summary>
public abstract record StageRecord
{
    private static readonly string[] _shared = ["pk", "name", "component", "verbose_name", "verbose_name_plural", "meta_model_name", "flow_set"];

    public Guid Pk { get; init; }

    public string Name { get; init; } = "";

    public abstract string Component { get; }

    public abstract string VerboseName { get; }

    public string VerboseNamePlural => VerboseName + "s";

    public abstract string MetaModelName { get; }

    /// <summary>The flows that it is bound to.</summary>
    public IReadOnlyList<FlowSet> FlowSet { get; init; } = [];

    /// <summary>The kind's own part, as the database holds it.</summary>
    internal static string Config<T>(T stage, JsonTypeInfo<T> json)
        where T : StageRecord
    {
        var config = JsonSerializer.SerializeToNode(stage, json)!.AsObject();
        foreach (var name in _shared) config.Remove(name);
        return config.ToJsonString();
    }

    internal static T Read<T>(JsonTypeInfo<T> json, Guid pk, string name, string config)
        where T : StageRecord
    {
        StageRecord stage = JsonSerializer.Deserialize(config, json)!;
        return (T)(stage with { Pk = pk, Name = name, FlowSet = [] });
    }
}
