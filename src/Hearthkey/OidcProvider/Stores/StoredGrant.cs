using Hearthkey.Oidc;

namespace Hearthkey.OidcProvider.Stores;

/// <summary>A grant as it lies in the store.</summary>
/// <param name="SessionUuid">The sign-in session that it came from; it ends with it unless it is offline. Null for a program's.</param>
/// <param name="ExpiresAt">When its last token is dead.</param>
internal sealed record StoredGrant(Grant Grant, long ProviderPk, Guid? SessionUuid, DateTimeOffset ExpiresAt);
