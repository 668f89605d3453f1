namespace Hearthkey.Portal.Pages;

/// <summary>What the portal shows.</summary>
/// <param name="Name">What the person is called.</param>
/// <param name="Search">What they search for; blank for nothing.</param>
/// <param name="Total">How many applications they may open, found or not.</param>
public sealed record PortalContent(string Name, string Search, IReadOnlyList<Shelf> Shelves, int Total, bool IsAdmin);

/// <summary>Applications under one heading.</summary>
public sealed record Shelf(string Title, IReadOnlyList<Tile> Tiles);

/// <summary>One application.</summary>
public sealed record Tile(string Href, string Name, string? Detail, string? IconUrl, bool OpensNewTab);
