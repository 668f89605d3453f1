namespace Hearthkey.Ui;

/// <summary>Registered as a singleton by the area that knows sessions: who looks at this page, or null where nobody is signed in.</summary>
public sealed record PersonSource(Func<HttpContext, Person?> Find);

/// <summary>Registered as a singleton by the area that knows brands: the look for this request's host.</summary>
public sealed record BrandSource(Func<HttpContext, BrandLook> Find);

/// <summary>Registered as a singleton by the area that owns the admin interface: its navigation.</summary>
public sealed record NavSource(IReadOnlyList<NavGroup> Groups);

/// <summary>Where the layouts' own links lead. The defaults are the addresses that bookmarks and guides already have.</summary>
/// <param name="Portal">The portal, where a person sees their applications.</param>
/// <param name="Admin">The admin interface.</param>
/// <param name="Profile">The person's own settings; null leaves the link out.</param>
/// <param name="SignOut">Starts the flow that ends the session.</param>
public sealed record UiLinks(
    string Portal = "/if/user/",
    string Admin = "/if/admin/",
    string? Profile = null,
    string SignOut = "/flows/-/default/invalidation/");
