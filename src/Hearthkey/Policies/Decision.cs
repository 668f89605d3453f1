namespace Hearthkey.Policies;

/// <summary>Whether somebody is let in, and why.</summary>
/// <param name="Reason">A sentence that names groups and people as the operator knows them.</param>
/// <param name="DecidedBy">The binding that decided; null where there is none, or where none of several let the person in.</param>
public sealed record Decision(bool IsAllowed, string Reason, PolicyBinding? DecidedBy = null);
