namespace Hearthkey.E2E.Guide;

/// <summary>Somebody who can sign in.</summary>
public sealed record Person(int Pk, string Username, string Name, string Email, string Password);
