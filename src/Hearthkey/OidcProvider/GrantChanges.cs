namespace Hearthkey.OidcProvider;

/// <summary>Kinds that this area writes into the change feed.</summary>
public static class GrantChanges
{
    /// <summary>A grant ended, and all its tokens with it; key = pk. Not written where a grant ends with its session.</summary>
    public const string End = "grant_end";
}
