using Hearthkey.Brands;
using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.OidcProvider.Stores;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>Finds the engine of a request. Issuers come from the base URL; only as long as there is none, from the address that was used.</summary>
internal sealed class Engines(Snapshots snapshots, GrantParts grants, People people, SubjectNames names, AppPasswords passwords, ServiceAccounts accounts, IStore store, TimeProvider time)
{
    private volatile Present? _present;

    public Engine Of(HttpContext context)
    {
        var present = Now();
        return At(present, present.Base ?? context.Edge().Origin);
    }

    public Engine At(Origin origin) => At(Now(), origin);

    private Present Now()
    {
        var snapshot = snapshots.Current;
        if (_present is { } present && ReferenceEquals(present.Snapshot, snapshot)) return present;
        return _present = new(snapshot, snapshot.OwnOrigins() is [var first, ..] ? first : null);
    }

    private Engine At(Present present, Origin origin)
    {
        if (present.Last is { } last && last.Origin == origin) return last;
        var snapshot = present.Snapshot;
        return present.Last = new(snapshot, origin, new(grants, snapshot), new(snapshot, people, names), new(snapshot, people, passwords, accounts, store), time);
    }

    /// <summary>A snapshot, the base URL in it, and the engine that was asked for last.</summary>
    private sealed class Present(Snapshot snapshot, Origin? origin)
    {
        private volatile Engine? _last;

        public Snapshot Snapshot => snapshot;

        public Origin? Base => origin;

        public Engine? Last
        {
            get => _last;
            set => _last = value;
        }
    }
}
