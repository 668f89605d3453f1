using Hearthkey.Audit;
using Hearthkey.Directory;
using Hearthkey.Oidc;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>Whom programs speak for: clients have a service account of their own, people their app passwords.</summary>
internal sealed class Programs(Snapshot snapshot, People people, AppPasswords passwords, ServiceAccounts accounts, IStore store) : IPrograms
{
    /// <summary>Longest part of a provider's name in the name of its account: 150 characters with what stands around it.</summary>
    private const int LongestName = 150 - 22;

    public async ValueTask<ProgramIdentity?> OwnAsync(Client client, CancellationToken ct)
    {
        if (snapshot.Get<ProvidersPart>().Find(client.ClientId) is not { Application: { } application } registered) return null;
        var provider = registered.Fields.Name;
        var username = $"ak-{(provider.Length > LongestName ? provider[..LongestName] : provider)}-client_credentials";
        var account = await people.FindByLoginAsync(username, byUsername: true, byEmail: false, ct);
        if (account is null)
        {
            var name = $"Service account of {application.Name} (client credentials)";
            await store.WriteAsync(db => accounts.MakeAsync(db, Actor.Server, username, name, $"goauthentik.io/apps/{application.Slug}"), ct);
            account = await people.FindByLoginAsync(username, byUsername: true, byEmail: false, ct);
        }
        // a person who happens to have this name is not the app
        return account is { IsActive: true, Type: Account.ServiceAccount } ? new(account.Pk) : null;
    }

    public async ValueTask<ProgramIdentity?> FindAsync(Client client, string username, string password, CancellationToken ct)
    {
        if (await passwords.FindAsync(username, password, snapshot, ct) is not var (found, owner)) return null;
        var application = snapshot.Get<ProvidersPart>().Find(client.ClientId)?.Application;
        return new(owner.Pk, found.KeyHash, found.ExpiresAt, WhyNot(found, application?.Pk));
    }

    // a token would be good for every request
    private static string? WhyNot(AppPassword found, Guid? application) =>
        found.Application is { } only && only != application ? $"The app password {found.Identifier} is limited to another application."
        : found.IsPartial ? $"The app password {found.Identifier} is limited to some methods or paths, so it cannot be exchanged for tokens, which are good for all."
        : null;
}
