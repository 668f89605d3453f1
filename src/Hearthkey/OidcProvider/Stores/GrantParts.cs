using Hearthkey.Directory;
using Hearthkey.Sessions;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Stores;

/// <summary>What every <see cref="Grants"/> works with, whichever snapshot it looks at.</summary>
internal sealed record GrantParts(
    IStore Store, GrantMemory Memory, GrantKeys Keys, SignInSessions Sessions, People People, AppPasswords AppPasswords, StaleRule Rule, TimeProvider Time);
