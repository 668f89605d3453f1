using Hearthkey.Hosting;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Oidc.Introspection;
using Hearthkey.Oidc.Token;
using Hearthkey.Oidc.UserInfo;
using Hearthkey.OidcProvider.Stores;
using Hearthkey.Sessions;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>The protocol engine, put together for one of our origins and one snapshot: a request takes one and sees no other configuration.</summary>
internal sealed class Engine
{
    private readonly Clients _clients;
    private readonly Subjects _subjects;
    private readonly TimeProvider _time;

    public Engine(Snapshot snapshot, Origin origin, Grants grants, Subjects subjects, Programs programs, TimeProvider time)
    {
        (Snapshot, Origin, Grants, _subjects, _time) = (snapshot, origin, grants, subjects, time);
        _clients = new(snapshot, origin);
        Token = new(_clients, grants, subjects, programs, time);
        Introspection = new(_clients, grants, subjects, time);
        AccessTokens = new(_clients, grants, time);
        UserInfo = new(_clients, grants, subjects, time);
        Authorize = new(_clients, grants, subjects, time);
    }

    public Snapshot Snapshot { get; }

    public Origin Origin { get; }

    public Grants Grants { get; }

    public TokenEndpoint Token { get; }

    public UserInfoEndpoint UserInfo { get; }

    public IntrospectionEndpoint Introspection { get; }

    public AccessTokenValidator AccessTokens { get; }

    /// <summary>Validates and decides; without a session it issues nothing.</summary>
    public AuthorizeEndpoint Authorize { get; }

    /// <summary>Every client of the snapshot.</summary>
    public ProvidersPart Providers => Snapshot.Get<ProvidersPart>();

    /// <summary>Issues a code for this session.</summary>
    /// <param name="beside">Written in the same unit of work.</param>
    public AuthorizeEndpoint AuthorizeFor(SignInSession session, Func<Db, ValueTask> beside) =>
        new(_clients, Grants.For(session.Uuid, beside), _subjects, _time);
}
