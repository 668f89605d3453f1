using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hearthkey.Outpost;
using Microsoft.AspNetCore.WebUtilities;

namespace Hearthkey.Tests.Outpost.Support;

/// <summary>The tests' own implementation of the port: a server in forty lines.</summary>
internal sealed class FakeCore(TimeProvider time) : IOutpostCore
{
    private readonly ConcurrentDictionary<string, (string Challenge, string RedirectUri, int Provider, int User)> _codes = new();

    public OutpostConfiguration Configuration { get; set; } = OutpostConfiguration.Empty;
    public DateTimeOffset? ContactLostAt { get; set; }
    public TimeSpan StaleMax { get; set; } = TimeSpan.FromMinutes(5);
    public bool MayBelieveMemory => ContactLostAt is not { } lost || time.GetUtcNow() - lost <= StaleMax;
    public bool IsStoreAway { get; set; }
    public Func<string, ProxySession?>? Finder { get; set; }
    public int Reads { get; private set; }
    public int IdentityCalls { get; private set; }
    public ConcurrentDictionary<string, ProxySession> Sessions { get; } = new();
    public ConcurrentDictionary<int, Identity> People { get; } = new();
    public ConcurrentQueue<OutpostReport> Reports { get; } = new();

    public ValueTask<CodeExchange> ExchangeCodeAsync(
        ProxyProvider provider, string code, string redirectUri, string codeVerifier, CancellationToken ct)
    {
        if (IsStoreAway)
            return new(CodeExchange.Unavailable);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(codeVerifier)));
        var isGood = _codes.TryRemove(code, out var known) && known.Challenge == challenge && known.RedirectUri == redirectUri
            && known.Provider == provider.Pk;
        return new(isGood
            ? CodeExchange.Granted(known.User, "sign-in-" + known.User, time.GetUtcNow().AddDays(14))
            : CodeExchange.Refused("invalid_grant"));
    }

    public ValueTask<SessionLookup> FindSessionAsync(string idHash, CancellationToken ct)
    {
        Reads++;
        if (IsStoreAway)
            return new(SessionLookup.Unavailable);
        if (Finder?.Invoke(idHash) is { } made)
            return new(SessionLookup.Found(made));
        return new(Sessions.TryGetValue(idHash, out var session) ? SessionLookup.Found(session) : SessionLookup.None);
    }

    public ValueTask<bool> SaveSessionAsync(string idHash, ProxySession session, CancellationToken ct) =>
        new(!IsStoreAway && Sessions.TryAdd(idHash, session));

    public ValueTask EndSessionsAsync(int userKey, CancellationToken ct)
    {
        foreach (var (hash, session) in Sessions)
        {
            if (session.UserKey == userKey)
                Sessions.TryRemove(hash, out _);
        }
        return default;
    }

    public ValueTask<Identity?> IdentityAsync(ProxyProvider provider, ProxySession session, CancellationToken ct)
    {
        IdentityCalls++;
        return new(People.GetValueOrDefault(session.UserKey));
    }

    /// <summary>App passwords by provider and name.</summary>
    public ConcurrentDictionary<(int Provider, string? Username, string Secret), HeaderLogin> Programs { get; } = new();

    /// <summary>Set: there were too many wrong ones.</summary>
    public TimeSpan? GuessingWait { get; set; }

    public ConcurrentQueue<HeaderAttempt> Attempts { get; } = new();

    public ValueTask<HeaderAnswer> AuthenticateAsync(ProxyProvider provider, HeaderAttempt attempt, CancellationToken ct)
    {
        Attempts.Enqueue(attempt);
        if (IsStoreAway)
            return new(HeaderAnswer.Unavailable);
        if (GuessingWait is { } wait)
            return new(HeaderAnswer.TooMany(wait));
        return new(Programs.TryGetValue((provider.Pk, attempt.Username, attempt.Secret), out var login) ? HeaderAnswer.Found(login) : HeaderAnswer.None);
    }

    public void Report(OutpostReport report) => Reports.Enqueue(report);

    /// <summary>The authorization endpoint with a person already signed in: the callback URL that a browser is sent to.</summary>
    public string Authorize(string location, int user = 1)
    {
        var query = QueryHelpers.ParseQuery(new Uri(location).Query);
        query["response_type"].ToString().ShouldBe("code");
        query["code_challenge_method"].ToString().ShouldBe("S256");
        var provider = location.Contains("client_id=domain", StringComparison.Ordinal) ? 2
            : query["client_id"] == "client-123" ? 1 : 3;
        var code = Guid.CreateVersion7().ToString("N");
        _codes[code] = (query["code_challenge"]!, query["redirect_uri"]!, provider, user);
        return $"{query["redirect_uri"]}&code={code}&state={query["state"]}";
    }
}
