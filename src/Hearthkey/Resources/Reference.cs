using System.Text.Json.Serialization;
using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <summary>How an object refers to another one: what "used by" lists before a delete.</summary>
/// <param name="To">Model of the object that is referred to, such as <c>authentik_flows.flow</c>.</param>
/// <param name="From">Model of the object that refers, such as <c>authentik_brands.brand</c>.</param>
/// <param name="Action">What a delete does to it.</param>
/// <param name="Find">Selects key and name of those that refer to a key.</param>
public sealed record Reference(string To, string From, ReferenceAction Action, Func<string, Sql> Find)
{
    /// <summary>It forbids the delete, where authentik would do as <see cref="Action"/> says: the wire has no word for that.</summary>
    public bool IsProtecting { get; init; }

    /// <summary>The action as the wire names it.</summary>
    public string ActionName => Action switch
    {
        ReferenceAction.Cascade => "cascade",
        ReferenceAction.CascadeMany => "cascade_many",
        _ => "set_null",
    };
}

/// <summary>What becomes of an object when the one that it refers to is deleted.</summary>
public enum ReferenceAction
{
    /// <summary>It is deleted too.</summary>
    Cascade,

    /// <summary>It loses one entry of a list.</summary>
    CascadeMany,

    /// <summary>It no longer refers to anything.</summary>
    SetNull,
}

/// <summary>One line of "used by", in wire shape.</summary>
public sealed record UsedBy(string App, string ModelName, string Pk, string Name, string Action)
{
    /// <summary>Forbids that the object it refers to is deleted.</summary>
    [JsonIgnore]
    public bool IsProtecting { get; init; }
}
