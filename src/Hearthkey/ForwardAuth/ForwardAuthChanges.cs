namespace Hearthkey.ForwardAuth;

/// <summary>Kinds that this area writes into the change feed, beside those of its resources.</summary>
public static class ForwardAuthChanges
{
    /// <summary>Somebody signed out of the protected applications; the user's key.</summary>
    public const string SessionsEnd = "proxy_session_end";
}
