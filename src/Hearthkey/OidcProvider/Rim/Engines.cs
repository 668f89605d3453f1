using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.OidcProvider.Stores;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>Finds the engine of a request. Issuers come from the base URL; only as long as there is none, from the address that was used.</summary>
internal sealed class Engines(Snapshots snapshots, Origins origins, Grants grants, People people, TimeProvider time)
{
    private readonly Subjects _subjects = new(snapshots, people);
    private volatile Engine? _last;

    public Origin OriginOf(HttpContext context) => origins.Base ?? context.Edge().Origin;

    public Engine Of(HttpContext context) => At(OriginOf(context));

    public Engine At(Origin origin)
    {
        if (_last is { } last && last.Origin == origin) return last;
        return _last = new(origin, new(snapshots, origin), grants, _subjects, time);
    }
}
