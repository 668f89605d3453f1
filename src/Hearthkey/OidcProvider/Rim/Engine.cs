using Hearthkey.Hosting;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Oidc.Token;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.OidcProvider.Stores;
using Hearthkey.Sessions;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>The protocol engine, put together for one of our origins.</summary>
internal sealed class Engine(Origin origin, Clients clients, Grants grants, Subjects subjects, TimeProvider time)
{
    public Origin Origin => origin;

    public TokenEndpoint Token { get; } = new(clients, grants, subjects, time);

    public UserInfoEndpoint UserInfo { get; } = new(clients, grants, subjects, time);

    /// <summary>Validates and decides; without a session it issues nothing.</summary>
    public AuthorizeEndpoint Authorize { get; } = new(clients, grants, subjects, time);

    /// <summary>Issues a code for this session.</summary>
    /// <param name="beside">Written in the same unit of work.</param>
    public AuthorizeEndpoint AuthorizeFor(SignInSession session, Func<Db, ValueTask> beside) =>
        new(clients, grants.For(session.Uuid, beside), subjects, time);
}
