namespace Hearthkey.Resources;

/// <summary>A managed object as all doors see it: REST, admin pages, later blueprints, command line and import.</summary>
public abstract class Resource
{
    /// <summary>Application and model name, such as <c>authentik_core.group</c>; also the kind of its rows in the change feed.</summary>
    public abstract string Model { get; }

    /// <summary>Path below <c>/api/v3/</c>, such as <c>core/groups</c>.</summary>
    public abstract string Path { get; }

    /// <summary>What the API's description calls the key in a path, such as <c>group_uuid</c>.</summary>
    public abstract string KeyName { get; }

    /// <summary>What one of them is called in a sentence, such as <c>group</c>.</summary>
    public abstract string VerboseName { get; }

    /// <summary>What may be done with it; read-only resources leave out the rest.</summary>
    public virtual Operations Operations => Operations.All;

    /// <summary>People who are no admins see the rows that are theirs, instead of being refused.</summary>
    public virtual bool IsOpenToPeople => false;

    /// <summary>What it takes and answers, for the API description.</summary>
    public abstract ResourceShape Describe();
}

/// <summary>The doors of a resource.</summary>
[Flags]
public enum Operations
{
    Read = 1,
    Create = 2,
    Update = 4,
    Delete = 8,
    All = Read | Create | Update | Delete,
}
