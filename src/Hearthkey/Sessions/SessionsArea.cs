using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Sessions.Cache;
using Hearthkey.Ui;

namespace Hearthkey.Sessions;

/// <summary>The sign-in session: cookie, lifetime, end; who looks at a page and who calls the API with it.</summary>
public static class SessionsArea
{
    /// <summary>Own choice: what hangs on an expired session ends a few minutes later at the latest.</summary>
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(2);

    public static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SignInSessions>();
        services.AddSingleton<SignOutEverywhere>();
        services.AddResource<AuthenticatedSessions>();
        services.AddSingleton(new Reference(UserChanges.User, AuthenticatedSessions.ModelName, ReferenceAction.Cascade, AuthenticatedSessions.OfUser));
        services.AddSingleton(new UserEnding(async (db, pk) => await SessionRows.DeleteOfUserAsync(db, pk, Guid.Empty)));
        services.AddSingleton(new CallerSource(Visitor.FindCallerAsync));
        services.AddSingleton(new PersonSource(Visitor.PersonOf));
        services.AddSingleton(s => new MetricSource(text => text.Single(
            "hearthkey_sessions_cached", "gauge", "Sign-in sessions in memory.", s.GetRequiredService<SignInSessions>().Remembered)));
        services.AddSingleton(s => new Periodic("write back the use of sessions", SessionUpkeep.WriteUseEvery, s.GetRequiredService<SignInSessions>().Upkeep.WriteUseAsync));
        services.AddSingleton(s => new Periodic("sweep sessions", _sweepEvery, s.GetRequiredService<SignInSessions>().Upkeep.SweepAsync));
    }

    public static void MapSessions(this IEndpointRouteBuilder routes) =>
        routes.MapResource(routes.ServiceProvider.GetRequiredService<AuthenticatedSessions>());
}
