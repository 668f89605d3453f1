using System.Globalization;
using Hearthkey.Oidc;

namespace Hearthkey.Tests.Oidc.Support;

/// <summary>The store of grants in memory, with the atomicity that the port asks for.</summary>
internal sealed class MemoryGrants : IGrants
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredCode> _codes = [];
    private readonly Dictionary<string, StoredRefreshToken> _refreshTokens = [];
    private readonly Dictionary<long, Grant> _grants = [];
    private long _lastKey;

    /// <summary>Everything that was stored as text: no token may be in it.</summary>
    public List<string> Written { get; } = [];

    public HashSet<string> RevokedJtis { get; } = [];

    public List<long> Revoked { get; } = [];

    public IReadOnlyCollection<Grant> Active => _grants.Values;

    public ValueTask<long> NextKeyAsync(CancellationToken ct) => new(Interlocked.Increment(ref _lastKey));

    public ValueTask<bool> StoreCodeAsync(string codeHash, AuthorizationCode code, CancellationToken ct)
    {
        lock (_lock)
        {
            Written.Add(codeHash);
            _codes.Add(codeHash, new(code, null));
            return new(true);
        }
    }

    public ValueTask<StoredCode?> FindCodeAsync(string codeHash, CancellationToken ct)
    {
        lock (_lock)
            return new(_codes.GetValueOrDefault(codeHash));
    }

    public ValueTask<CodeRedemption> RedeemCodeAsync(string codeHash, Grant grant, IssuedTokens tokens, CancellationToken ct)
    {
        lock (_lock)
        {
            if (!_codes.TryGetValue(codeHash, out var stored))
                return new(new CodeRedemption(Redemption.Unknown, 0));
            if (stored.RedeemedAs is { } winner)
                return new(new CodeRedemption(Redemption.AlreadyRedeemed, winner));
            _codes[codeHash] = stored with { RedeemedAs = grant.Key };
            _grants.Add(grant.Key, grant);
            Keep(grant, tokens);
            return new(new CodeRedemption(Redemption.Redeemed, grant.Key));
        }
    }

    public ValueTask<StoredRefreshToken?> FindRefreshTokenAsync(string tokenHash, CancellationToken ct)
    {
        lock (_lock)
            return new(_refreshTokens.GetValueOrDefault(tokenHash) is { } stored && _grants.ContainsKey(stored.Grant.Key) ? stored : null);
    }

    public ValueTask<Redemption> RotateRefreshTokenAsync(string tokenHash, IssuedTokens tokens, CancellationToken ct)
    {
        lock (_lock)
        {
            if (!_refreshTokens.TryGetValue(tokenHash, out var stored) || !_grants.ContainsKey(stored.Grant.Key))
                return new(Redemption.Unknown);
            if (stored.WasRotated)
                return new(Redemption.AlreadyRedeemed);
            if (tokens.RefreshTokenHash is not null)
                _refreshTokens[tokenHash] = stored with { WasRotated = true };
            Keep(stored.Grant, tokens);
            return new(Redemption.Redeemed);
        }
    }

    public ValueTask<Grant?> FindStandingAsync(string clientId, long userKey, string? secretHash, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        lock (_lock)
            return new(_grants.Values.FirstOrDefault(g => g.ClientId == clientId && g.Authentication is { SessionId: "" } who && who.UserKey == userKey
                && g.SecretHash == secretHash && g.Scopes.SequenceEqual(scopes)));
    }

    public ValueTask<bool> StoreStandingAsync(Grant grant, bool isNew, IssuedTokens tokens, CancellationToken ct)
    {
        lock (_lock)
        {
            if (isNew ? !_grants.TryAdd(grant.Key, grant) : !_grants.ContainsKey(grant.Key))
                return new(false);
            Keep(grant, tokens);
            return new(true);
        }
    }

    public ValueTask RevokeGrantAsync(long grantKey, CancellationToken ct)
    {
        lock (_lock)
        {
            Revoked.Add(grantKey);
            _grants.Remove(grantKey);
            return default;
        }
    }

    public ValueTask<Grant?> FindActiveAsync(long grantKey, string jti, CancellationToken ct)
    {
        lock (_lock)
            return new(RevokedJtis.Contains(jti) ? null : _grants.GetValueOrDefault(grantKey));
    }

    private void Keep(Grant grant, IssuedTokens tokens)
    {
        Written.Add(string.Create(CultureInfo.InvariantCulture, $"{tokens.Jti} {tokens.RefreshTokenHash}"));
        if (tokens.RefreshTokenHash is { } hash)
            _refreshTokens.Add(hash, new(grant, tokens.RefreshTokenExpiresAt!.Value, WasRotated: false));
    }
}
