using Hearthkey.Applications;
using Hearthkey.Directory;
using Hearthkey.Mappings;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>The people, as one client may see them: nobody who is disabled, or may not open the application.</summary>
internal sealed class Subjects(Snapshots snapshots, People people) : ISubjects
{
    public async ValueTask<Subject?> FindAsync(long userKey, Client client, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        var snapshot = snapshots.Current;
        if (snapshot.Get<ProvidersPart>().Find(client.ClientId) is not { Application: { } application } registered) return null;
        if (await people.FindAsync(userKey, ct) is not { } who || !AccessCheck.Decide(snapshot, application, who).IsAllowed) return null;
        var granted = registered.Mappings.Where(m => scopes.Contains(m.ScopeName, StringComparer.Ordinal)).ToList();
        return new(SubjectNames.Of(registered.Provider.SubMode, who), Claims.Evaluate(granted, who));
    }
}
