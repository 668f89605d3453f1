using Hearthkey.Applications;
using Hearthkey.Directory;
using Hearthkey.Mappings;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>The people, as one client may see them: nobody who is disabled, may not open the application, or has no name there of their own.</summary>
internal sealed class Subjects(Snapshot snapshot, People people, SubjectNames names) : ISubjects
{
    public async ValueTask<Subject?> FindAsync(long userKey, Client client, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        if (snapshot.Get<ProvidersPart>().Find(client.ClientId) is not { Application: { } application } registered) return null;
        if (await people.FindAsync(userKey, snapshot, ct) is not { } who || !AccessCheck.Decide(snapshot, application, who).IsAllowed) return null;
        if ((await names.OfAsync(registered.Provider.SubMode, who, ct)).Sub is not { } sub) return null;
        var granted = registered.Mappings.Where(m => scopes.Contains(m.ScopeName, StringComparer.Ordinal)).ToList();
        return new(sub, Claims.Evaluate(granted, who));
    }
}
