namespace Hearthkey.Outpost;

/// <summary>One forward-auth session: who may pass, where, until when. The id itself is known to the browser alone.</summary>
/// <param name="ProviderKey">The provider it was made for; it opens no other.</param>
/// <param name="UserKey">The person's int key.</param>
/// <param name="SignInSessionId">The sign-in session it ends with, in whatever form the server names it.</param>
/// <param name="HostName">The host name it is bound to; null where its cookie has a <c>Domain</c>, or the provider has one host.</param>
/// <param name="ExpiresAt">End of life; never extended.</param>
public sealed record ProxySession(int ProviderKey, int UserKey, string SignInSessionId, string? HostName, DateTimeOffset ExpiresAt);
