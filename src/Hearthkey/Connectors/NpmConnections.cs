using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Connectors.Npm;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Connectors;

/// <summary>
/// Reverse proxies of the kind Nginx Proxy Manager that an admin has connected. The password is used once; what it was traded for is kept
/// protected until it runs out there, a day later, or until the connection is removed.
/// </summary>
public sealed class NpmConnections
{
    /// <summary>The area's name in events.</summary>
    internal const string App = "hearthkey.connectors";

    private readonly NpmApi _api;
    private readonly NpmProtection _protection;
    private readonly IStore _store;
    private readonly Vault _vault;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;

    internal NpmConnections(NpmApi api, NpmProtection protection, IStore store, Vault vault, AuditLog audit, TimeProvider time) =>
        (_api, _protection, _store, _vault, _audit, _time) = (api, protection, store, vault, audit, time);

    public async ValueTask<IReadOnlyList<NpmConnection>> AllAsync(CancellationToken ct) => await _store.ReadAsync(db => NpmRows.AllAsync(db, _vault), ct);

    public async ValueTask<NpmConnection?> FindAsync(string key, CancellationToken ct) =>
        Guid.TryParse(key, out var uuid) ? await _store.ReadAsync(db => NpmRows.FindAsync(db, _vault, uuid), ct) : null;

    /// <summary>Connects, or renews what was entered for the same address: <c>address</c>, <c>identity</c>, <c>secret</c>, <c>code</c>, <c>server_url</c>, <c>http_port</c>, <c>https_port</c>, <c>is_tunnelled</c>.</summary>
    public async Task<Outcome<NpmConnection>> ConnectAsync(Caller caller, Actor actor, JsonElement input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var errors = new FieldErrors();
        var reader = new FieldReader(input, isPartial: false, errors);
        var wanted = Read(reader, _time.GetUtcNow());
        var (secret, code) = (reader.Text("secret", "", required: true, blank: false), reader.Text("code", "").Trim());
        if (errors.Any) return Outcome<NpmConnection>.Wrong(errors);
        if (StepUp.IsDue(caller, _time.GetUtcNow())) return StepUp.Refuse<NpmConnection>();
        var token = await _api.LogInAsync(wanted.Address, wanted.Identity, secret, code, ct);
        if (token.Value is null) return Outcome<NpmConnection>.Wrong(FieldOf(token.Problem), token.Sentence);
        var uuid = await _store.WriteAsync(async db =>
        {
            var saved = await NpmRows.SaveAsync(db, wanted);
            await NpmRows.KeepTokenAsync(db, _vault, saved, token.Value);
            await TellAsync(db, actor, Ui.Texts.Format(ConnectorsStrings.NpmConnected, wanted.Address));
            return saved;
        }, ct);
        return Outcome<NpmConnection>.Done(wanted with { Uuid = uuid });
    }

    /// <summary>Its proxy hosts, and how each stands.</summary>
    public async ValueTask<NpmHostList> HostsAsync(NpmConnection connection, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Token is null || connection.TokenExpiresAt <= _time.GetUtcNow()) return new([], ConnectorsStrings.NpmLoggedOut, NeedsLogin: true);
        return await _protection.ListAsync(connection, ct);
    }

    /// <summary>Writes our text into proxy hosts and makes what it needs.</summary>
    /// <param name="picks">Number and print of each, as the list had them.</param>
    /// <param name="by">An application for each address, or one provider for a domain.</param>
    public async Task<Outcome<IReadOnlyList<NpmResult>>> ProtectAsync(
        Caller caller, Actor actor, NpmConnection connection, IReadOnlyList<(long Id, string Seen)> picks, ProtectBy by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(picks);
        if (StepUp.IsDue(caller, _time.GetUtcNow())) return StepUp.Refuse<IReadOnlyList<NpmResult>>();
        List<NpmResult> results = [];
        foreach (var (id, seen) in picks)
        {
            var result = await _protection.ProtectAsync(caller, actor, connection, id, seen, by, ct);
            results.Add(result);
            if (result.Problem is null) await _store.WriteAsync(db => ToldAsync(db, actor, Ui.Texts.Format(ConnectorsStrings.NpmWritten, result.Names, connection.Address)), ct);
        }
        return Outcome<IReadOnlyList<NpmResult>>.Done(results);
    }

    /// <summary>Writes our text anew into proxy hosts that have it.</summary>
    /// <param name="seen">The host's print, as the list had it.</param>
    public async Task<Outcome<NpmResult>> RenewAsync(Caller caller, Actor actor, NpmConnection connection, long id, string seen, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (StepUp.IsDue(caller, _time.GetUtcNow())) return StepUp.Refuse<NpmResult>();
        var result = await _protection.RenewAsync(connection, id, seen, ct);
        if (result.Problem is null) await _store.WriteAsync(db => ToldAsync(db, actor, Ui.Texts.Format(ConnectorsStrings.NpmWritten, result.Names, connection.Address)), ct);
        return Outcome<NpmResult>.Done(result);
    }

    /// <summary>Gives a proxy host its former text back, and removes what was made for it.</summary>
    public async Task<Outcome<NpmResult>> TakeBackAsync(Caller caller, Actor actor, NpmConnection connection, long id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (StepUp.IsDue(caller, _time.GetUtcNow())) return StepUp.Refuse<NpmResult>();
        var result = await _protection.TakeBackAsync(caller, actor, connection, id, ct);
        if (result.Problem is null) await _store.WriteAsync(db => ToldAsync(db, actor, Ui.Texts.Format(ConnectorsStrings.NpmTakenBack, result.Names, connection.Address)), ct);
        return Outcome<NpmResult>.Done(result);
    }

    /// <summary>Forgets the connection and its login. Texts that were written stay where they are.</summary>
    public async Task RemoveAsync(Actor actor, NpmConnection connection, CancellationToken ct) => await _store.WriteAsync(async db =>
    {
        await NpmRows.RemoveAsync(db, connection.Uuid);
        return await ToldAsync(db, actor, Ui.Texts.Format(ConnectorsStrings.NpmDisconnected, connection.Address));
    }, ct);

    private static NpmConnection Read(FieldReader input, DateTimeOffset now)
    {
        var address = input.Text("address", "", required: true, blank: false, max: 300).Trim().TrimEnd('/');
        var server = input.Text("server_url", "", required: true, blank: false, max: 300).Trim().TrimEnd('/');
        if (!Origin.TryParse(address, out var at)) Blame(input, "address", ConnectorsStrings.NpmAddressWrong);
        if (!Origin.TryParse(server, out var ours)) Blame(input, "server_url", ConnectorsStrings.NpmServerWrong);
        return new(
            Guid.CreateVersion7(now), at?.ToString() ?? "", input.Text("identity", "", required: true, blank: false, max: 300).Trim(), ours?.ToString() ?? "",
            (int)input.Number("http_port", 80, min: 1, max: 65535), (int)input.Number("https_port", 443, min: 1, max: 65535), input.Flag("is_tunnelled", false), now);
    }

    private static void Blame(FieldReader input, string field, string sentence)
    {
        if (input.Errors.For(field) is null) input.Errors.Add(field, sentence);
    }

    private static string FieldOf(NpmProblem problem) => problem switch
    {
        NpmProblem.WrongLogin => "secret",
        NpmProblem.CodeNeeded => "code",
        _ => "address",
    };

    private async ValueTask<bool> ToldAsync(Db db, Actor actor, string message)
    {
        await TellAsync(db, actor, message);
        return true;
    }

    private ValueTask TellAsync(Db db, Actor actor, string message) =>
        _audit.AppendAsync(db, EventActions.ModelUpdated, App, actor, new JsonObject { ["message"] = message });
}

/// <summary>What is to protect the proxy hosts that were ticked.</summary>
/// <param name="DomainProvider">The key of a provider at domain level, or null.</param>
/// <param name="NewDomain">The domain that a new provider is to cover, or null.</param>
public sealed record ProtectBy(long? DomainProvider = null, string? NewDomain = null)
{
    /// <summary>An application for each address.</summary>
    public static ProtectBy Itself { get; } = new();

    /// <summary>Reads what a form sent: blank, a key, or <c>domain:</c> and a name.</summary>
    public static ProtectBy Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith("domain:", StringComparison.Ordinal)) return new(null, text["domain:".Length..]);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pk) ? new(pk) : Itself;
    }
}
