using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Audit;
using Hearthkey.Keys;
using Hearthkey.Resources;
using Hearthkey.Storage;
using Hearthkey.System.Wire;

namespace Hearthkey.System;

/// <summary>The resource <c>crypto/certificatekeypairs</c>: certificates with their keys, brought along as PEM or made here.</summary>
public sealed class CertificateKeyPairs(ResourceContext context, Vault vault) : Resource<CertificateKeyPair>(context)
{
    internal const string ApiPath = "crypto/certificatekeypairs";

    public override string Model => KeyPairs.Kind;

    public override string Path => ApiPath;

    public override string KeyName => "kp_uuid";

    public override string VerboseName => "certificate-key pair";

    public override JsonTypeInfo<CertificateKeyPair> Json => SystemJson.Default.CertificateKeyPair;

    protected override Table<CertificateKeyPair> Table { get; } = new(
        SqlText.Constant("certificate_key_pair"),
        SqlText.Constant("kp_uuid, name, certificate, private_key, key_type, managed"),
        c => $"{c.Pair.KpUuid}, {c.Pair.Name}, {c.Pair.CertificatePem}, {c.Pair.PrivateKey}, {c.Pair.KeyType}, {c.Pair.Managed}",
        r => CertificateKeyPair.Of(KeyPairs.Read(r)));

    protected override IReadOnlyList<Ordering> Orderings { get; } =
    [
        Ordering.By("name"), Ordering.By("key_type"), new("managed", SqlText.Constant("coalesce(managed, '')")),
    ];

    protected override IReadOnlyList<Filter> Filters { get; } =
    [
        Filter.Text("name", v => $"name = {v}"),
        Filter.Text("managed", v => $"managed = {v}"),
        Filter.Text("key_type", v => $"key_type = {v}") with { IsAnyOf = true },
        Filter.Flag("has_key", v => $"(private_key is not null) = {v}"),
    ];

    protected override IReadOnlyList<SqlText> Searched { get; } = [SqlText.Constant("name")];

    protected override Sql Where(string key) => $"kp_uuid = {UuidKey(key)}";

    public override string Key(CertificateKeyPair value) => value.Pk.ToString();

    public override string Name(CertificateKeyPair value) => value.Name;

    // a new name changes no key
    protected override bool NeedsStepUp(CertificateKeyPair? before, CertificateKeyPair? after) =>
        before is null || after is null || before.Pair.PrivateKey != after.Pair.PrivateKey;

    protected override CertificateKeyPair Bind(FieldReader input, CertificateKeyPair? before)
    {
        var now = before?.Pair ?? new KeyPair(Context.NewUuid(), "", "", null, "", null);
        var pair = now with { Name = input.Text("name", now.Name, required: true, blank: false, max: 255) };
        var certificate = input.Text("certificate_data", now.CertificatePem, required: true, blank: false);
        var key = input.Text("key_data", "");
        if (certificate.Length > 0 && (certificate != now.CertificatePem || key.Length > 0))
            pair = PemReader.Read(vault, pair, certificate, key, input.Errors.Add);
        return input.Errors.Any ? before ?? new() : CertificateKeyPair.Of(pair);
    }

    protected override ValueTask InsertAsync(Db db, CertificateKeyPair value) => KeyPairs.InsertAsync(db, value.Pair, Context.Time.GetUtcNow());

    protected override ValueTask<string?> WhyNotDeleteAsync(Db db, CertificateKeyPair value) =>
        new(value.Managed is null ? null : $"“{value.Name}” came along with the server, which serves HTTPS with it.");

    /// <summary>Makes a self-signed pair from <c>common_name</c>, <c>subject_alt_name</c> (by commas), <c>validity_days</c> and <c>alg</c>.</summary>
    public async Task<Outcome<CertificateKeyPair>> GenerateAsync(Caller caller, Actor actor, JsonElement input, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var plan = GenerationRequest.Read(new FieldReader(input, isPartial: false, errors), errors);
        if (errors.Any) return Outcome<CertificateKeyPair>.Wrong(errors);
        if (IsStepUpDue(caller, null, null)) return StepUp.Refuse<CertificateKeyPair>();
        // before the unit of work: an RSA key takes its time, and on SQLite every other writer would wait for it
        var value = CertificateKeyPair.Of(KeyPairGenerator.Generate(
            vault, plan.CommonName, plan.CommonName, plan.AlternativeNames, plan.Days, plan.Alg, Context.Time.GetUtcNow()));
        return await SaveAsync(
            async db =>
            {
                if (await FindAsync(db, $"name = {plan.CommonName}") is not null)
                    return Outcome<CertificateKeyPair>.Wrong("common_name", "A certificate of this name is there already.");
                await InsertAsync(db, value);
                await RecordAsync(db, EventActions.ModelCreated, actor, null, value);
                return Outcome<CertificateKeyPair>.Done(value);
            },
            ct);
    }

    /// <summary>The certificate as PEM.</summary>
    public Task<Outcome<PemText>> ViewCertificateAsync(Caller caller, string key, CancellationToken ct) => Context.Store.ReadAsync(
        async db => await FindAsync(db, VisibleTo(caller), key) is { } found
            ? Outcome<PemText>.Done(new(found.Name, found.Pair.CertificatePem))
            : Outcome<PemText>.Missing,
        ct);

    /// <summary>The private key as PEM; an event says who saw it.</summary>
    public Task<Outcome<PemText>> ViewPrivateKeyAsync(Caller caller, Actor actor, string key, CancellationToken ct) => Context.Store.WriteAsync(
        async db =>
        {
            if (await FindAsync(db, VisibleTo(caller), key) is not { } found || found.Pair.OpenPrivateKey(vault) is not { } pem) return Outcome<PemText>.Missing;
            if (StepUp.IsDue(caller, Context.Time.GetUtcNow())) return StepUp.Refuse<PemText>();
            var secret = new JsonObject { ["app"] = "authentik_crypto", ["model_name"] = "certificatekeypair", ["pk"] = Key(found), ["name"] = found.Name };
            await Context.Audit.AppendAsync(db, EventActions.SecretView, "authentik.crypto", actor, new JsonObject { ["secret"] = secret, ["type"] = "private_key" });
            return Outcome<PemText>.Done(new(found.Name, pem));
        },
        ct);
}

/// <summary>A PEM text and the name of the pair that it belongs to.</summary>
public sealed record PemText(string Name, string Text);
