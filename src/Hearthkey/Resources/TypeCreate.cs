namespace Hearthkey.Resources;

/// <summary>A kind of thing that there is, for whoever makes or filters them; in wire shape.</summary>
/// <param name="Component">Name of its form in authentik's interface.</param>
public sealed record TypeCreate(
    string Name, string Description, string Component, string ModelName, string IconUrl = "", bool RequiresEnterprise = false, bool Deprecated = false);
