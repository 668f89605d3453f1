using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hearthkey.Directory.Throttling;
using Hearthkey.Hosting;

namespace Hearthkey.Directory;

/// <summary>
/// Slows down guessing (DESIGN 6.11): after five failures in ten minutes an account waits 1, 2, 4 … 60 s between attempts, however it is
/// named and whatever door is tried; addresses and the whole installation likewise, with higher limits because many people share them.
/// Nobody is ever locked for good, and somebody who signed in before from their address has a count of their own, which strangers cannot
/// use up.
/// </summary>
/// <remarks>In memory of each node: a restart forgets.</remarks>
public sealed class Throttle(TimeProvider time)
{
    /// <summary>Failures of one account before it waits; DESIGN 6.11.</summary>
    public const int AccountLimit = 5;

    /// <summary>Failures of one address (IPv6: /64) before it waits: an office, or a proxy that hides its clients, shares one.</summary>
    public const int AddressLimit = 50;

    /// <summary>Failures of everybody before strangers wait one second at a time (own choice).</summary>
    public const int GlobalLimit = 1000;

    private readonly AttemptTable _accounts = new(AccountLimit);
    private readonly AttemptTable _addresses = new(AddressLimit);
    private readonly AttemptTable _everybody = new(GlobalLimit) { LongestDelay = TimeSpan.FromSeconds(1) };
    private readonly KnownPairs _known = new();

    /// <summary>
    /// Asks before a secret is looked at. Null: go, and then call <see cref="Failed"/>, <see cref="Succeeded"/> or <see cref="GaveUp"/>
    /// once; attempts that are under way count as failures, so that parallel ones gain nothing. Otherwise: answer 429 with
    /// <c>Retry-After</c>, whatever the secret.
    /// </summary>
    /// <param name="account">
    /// The canonical account (<see cref="Account.ThrottleKey"/>), the folded text where nobody has that name, or null for keys that name no
    /// account.
    /// </param>
    /// <param name="isCertain">
    /// False where the address could be made up (<see cref="Edge.IsClientCertain"/>): then it counts against whoever uses it, and never for
    /// them as one that the account has signed in from.
    /// </param>
    public TimeSpan? Wait(string? account, IPAddress client, bool isCertain = true)
    {
        var now = time.GetUtcNow();
        var address = AddressKey.Of(client);
        account = Key(account);
        if (account is not null && isCertain && _known.Contains(account, address, now)) return _accounts.Begin(Pair(account, address), now);
        if (_addresses.Begin(address, now) is { } wait) return wait;
        if (_everybody.Begin("", now) is { } busy)
        {
            _addresses.End(address, now, failed: false);
            return busy;
        }
        if (account is null || _accounts.Begin(account, now) is not { } accountWait) return null;
        _addresses.End(address, now, failed: false);
        _everybody.End("", now, failed: false);
        return accountWait;
    }

    /// <summary>
    /// The same for the secret of a program, which is compared at once. Right ones are not counted, so that any number may come at a time, and
    /// do not clear the count of others, because a program signs in all day.
    /// </summary>
    /// <returns>How long to wait; then nothing may depend on <paramref name="isRight"/>.</returns>
    public TimeSpan? Judge(string account, IPAddress client, bool isRight, bool isCertain = true)
    {
        if (!isRight)
        {
            var refused = Wait(account, client, isCertain);
            if (refused is null) Failed(account, client, isCertain);
            return refused;
        }
        var now = time.GetUtcNow();
        var address = AddressKey.Of(client);
        var key = Key(account)!;
        var isKnown = isCertain && _known.Contains(key, address, now);
        var wait = Waiting(account, client, isCertain);
        if (wait is not null || !isCertain) return wait;
        _known.Add(key, address, now);
        if (isKnown) _accounts.Forget(Pair(key, address));
        return null;
    }

    /// <summary>How long the secret of a program would have to wait, before the work of looking it up; begins no attempt.</summary>
    public TimeSpan? Waiting(string account, IPAddress client, bool isCertain = true)
    {
        var now = time.GetUtcNow();
        var address = AddressKey.Of(client);
        var key = Key(account)!;
        return isCertain && _known.Contains(key, address, now)
            ? _accounts.Waiting(Pair(key, address), now)
            : _addresses.Waiting(address, now) ?? _everybody.Waiting("", now) ?? _accounts.Waiting(key, now);
    }

    /// <summary>The secret was wrong.</summary>
    public void Failed(string? account, IPAddress client, bool isCertain = true) => End(Key(account), client, isCertain, failed: true);

    /// <summary>The attempt ended without an answer: cancelled, queue full, database away.</summary>
    public void GaveUp(string? account, IPAddress client, bool isCertain = true) => End(Key(account), client, isCertain, failed: false);

    /// <summary>The secret was right: the account's count starts anew, and this address is known for it.</summary>
    public void Succeeded(string? account, IPAddress client, bool isCertain = true)
    {
        account = Key(account);
        End(account, client, isCertain, failed: false);
        if (account is null) return;
        _accounts.Forget(account);
        if (!isCertain) return;
        var address = AddressKey.Of(client);
        _known.Add(account, address, time.GetUtcNow());
        _accounts.Forget(Pair(account, address));
    }

    private void End(string? account, IPAddress client, bool isCertain, bool failed)
    {
        var now = time.GetUtcNow();
        var address = AddressKey.Of(client);
        // which of the two counts was begun is not told: the other one has nothing under way
        if (account is not null && isCertain && _accounts.End(Pair(account, address), now, failed)) return;
        if (account is not null) _accounts.End(account, now, failed);
        _addresses.End(address, now, failed);
        _everybody.End("", now, failed);
    }

    // of one size, whatever somebody types: what is remembered must not grow with it
    private static string? Key(string? account) =>
        account is null ? null : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(account)));

    private static string Pair(string account, string address) => account + "\n" + address;
}
