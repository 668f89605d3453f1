using Hearthkey.Hosting;

namespace Hearthkey.Sessions;

/// <summary>The sign-in session: cookie, lifetime, end.</summary>
public static class SessionsArea
{
    /// <summary>DESIGN 4.2: at most every ten minutes a session.</summary>
    private static readonly TimeSpan _writeUseEvery = TimeSpan.FromMinutes(10);

    /// <summary>Own choice: what hangs on an expired session ends a few minutes later at the latest.</summary>
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(2);

    public static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SignInSessions>();
        services.AddSingleton(s => new Periodic("write back the use of sessions", _writeUseEvery, s.GetRequiredService<SignInSessions>().WriteUseAsync));
        services.AddSingleton(s => new Periodic("sweep sessions", _sweepEvery, s.GetRequiredService<SignInSessions>().SweepAsync));
    }
}
