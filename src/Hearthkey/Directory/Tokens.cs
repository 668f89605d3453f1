using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Audit;
using Hearthkey.Brands;
using Hearthkey.Directory.Rows;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Directory;

/// <summary>The resource <c>core/tokens</c>. Everybody manages their own; a token carries its owner's rights and no more.</summary>
public sealed class Tokens(ResourceContext context, Users users, Vault vault, Snapshots snapshots, IEnumerable<TokenTarget> targets) : Resource<Token>(context)
{
    /// <summary>Shortest key that may be set by hand: letters and digits of this length cannot be guessed (own choice, 143 bits).</summary>
    public const int MinKeyLength = 24;

    private const string NotYours = "You can only make tokens for yourself.";

    private static readonly string _shortKey = $"Use at least {MinKeyLength} random characters: whoever guesses the key acts as its owner.";

    public override string Model => UserChanges.Token;

    public override string Path => "core/tokens";

    public override string KeyName => "identifier";

    public override string VerboseName => "token";

    public override bool IsOpenToPeople => true;

    public override JsonTypeInfo<Token> Json => DirectoryJson.Default.Token;

    protected override Table<Token> Table => TokenRows.Table;

    protected override IReadOnlyList<Filter> Filters => TokenRows.Filters;

    protected override IReadOnlyList<Ordering> Orderings => TokenRows.Orderings;

    protected override string UniqueField => "identifier";

    public override string Key(Token value) => value.Identifier;

    public override string Name(Token value) => value.Identifier;

    protected override Sql Where(string key) => $"identifier = {key}";

    protected override Sql? Search(string text) => TokenRows.Search(text);

    protected override Sql? VisibleTo(Caller caller)
    {
        if (caller.IsSuperuser) return null;
        return $"user_pk = {caller.UserPk}";
    }

    protected override string? WhyNotWrite(Caller caller, Token? before) =>
        caller.IsSuperuser || before is null || before.User == caller.UserPk ? null : NotYours;

    protected override bool NeedsStepUp(Token? before, Token? after) => after is not null;

    protected override Token Bind(FieldReader input, Token? before)
    {
        var old = before ?? new Token(Context.NewUuid(), null, "", Token.Api, 0, null, "", null, true);
        input.Unbuilt("managed", "null");
        var token = old with
        {
            Identifier = input.Text("identifier", old.Identifier, required: true, blank: false, max: 255),
            Intent = input.Choice("intent", old.Intent, [Token.Api, Token.AppPassword], unbuilt: ["verification", "recovery"]),
            User = input.NumberReference("user", old.User) ?? 0,
            Description = input.Text("description", old.Description),
            Expires = input.Time("expires", old.Expires),
            Expiring = input.Flag("expiring", old.Expiring),
        };
        if (!token.Identifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            input.Errors.Add("identifier", "Use letters, numbers, underscores or hyphens only.");
        if (token.Expiring && token.Expires != old.Expires && token.Expires <= Context.Now())
            input.Errors.Add("expires", "This is in the past.");
        return TokenLimits.Bind(input, token with { Expires = !token.Expiring ? null : token.Expires ?? Expiry() });
    }

    protected override Token ByCaller(Token value, Token? before, Caller? caller, FieldErrors errors)
    {
        if (before is not null && value.User != before.User) errors.Add("user", "A token keeps its owner. Make a new one instead.");
        // whoever was given the one must not find it to be the other
        if (before is not null && value.Intent != before.Intent) errors.Add("intent", "A token stays what it is. Make a new one instead.");
        var owned = value.User == 0 && caller is not null ? value with { User = caller.UserPk } : value;
        if (caller is { IsSuperuser: false } && owned.User != caller.UserPk) errors.Add("user", NotYours);
        return owned;
    }

    protected override async ValueTask<Token> CheckAsync(Db db, Token value, Token? before, FieldErrors errors)
    {
        if ((await Members.MissingAsync(db, [value.User])).Count > 0)
            errors.AddMissing("user", value.User);
        if (value.LimitApplication is { } application && !await IsApplicationAsync(db, application))
            errors.AddMissing("limit_application", application);
        return value;
    }

    protected override ValueTask InsertAsync(Db db, Token value) => InsertAsync(db, value, NewKey());

    protected override async ValueTask<IReadOnlyList<Token>> CompleteAsync(
        Db db, IReadOnlyList<Token> rows, ListRequest request, Caller? caller)
    {
        var owners = await users.FindManyAsync(db, [.. rows.Select(t => t.User).Distinct()]);
        return [.. rows.Select(t => t with { UserObj = owners[t.User] })];
    }

    /// <summary>Makes a token inside somebody's unit of work and tells its key.</summary>
    internal async ValueTask<Outcome<Token>> CreateAsync(Db db, Actor actor, Token token, string key)
    {
        await InsertAsync(db, token, key);
        await RecordAsync(db, EventActions.ModelCreated, actor, null, token);
        return Outcome<Token>.Done(token);
    }

    /// <summary>Shows a key; an event says who saw it.</summary>
    internal Task<Outcome<string>> ViewKeyAsync(Caller caller, Actor actor, string identifier, CancellationToken ct) =>
        Context.Store.WriteAsync(async db =>
        {
            if (await FindAsync(db, VisibleTo(caller), identifier) is not { } token) return Outcome<string>.Missing;
            if (IsStepUpDue(caller, token, token)) return StepUp.Refuse<string>();
            var secret = new JsonObject
            {
                ["app"] = "authentik_core",
                ["model_name"] = "token",
                ["pk"] = token.Pk.ToString("D"),
                ["name"] = token.Identifier,
            };
            await Context.Audit.AppendAsync(db, EventActions.SecretView, "authentik.core", actor, new JsonObject { ["secret"] = secret });
            return Outcome<string>.Done(await TokenRows.KeyAsync(db, vault, token.Pk));
        }, ct);

    /// <summary>Gives a token another key; the old one ends.</summary>
    internal async Task<Outcome<Token>> SetKeyAsync(Caller caller, Actor actor, string identifier, string key, CancellationToken ct) =>
        await SaveAsync(async db =>
        {
            var hash = OpaqueSecret.Hash(key);
            if (await FindAsync(db, VisibleTo(caller), identifier) is not { } token) return Outcome<Token>.Missing;
            if (IsStepUpDue(caller, token, token)) return StepUp.Refuse<Token>();
            if (key.Length < MinKeyLength) return Outcome<Token>.Wrong("key", _shortKey);
            if (key.Length > 255) return Outcome<Token>.Wrong("key", "Ensure this field has no more than 255 characters.");
            var others = await db.ListAsync(
                $"select token_uuid from token where key_hash = {hash} and token_uuid <> {token.Pk}", r => r.Text());
            if (others.Count > 0) return Outcome<Token>.Wrong("key", "Choose another key.");
            await TokenRows.SetKeyAsync(db, vault, token.Pk, key);
            await RecordAsync(db, EventActions.ModelUpdated, actor, token, token, ["key"]);
            return Outcome<Token>.Done(token);
        }, ct);

    /// <summary>When a token ends where nobody says otherwise; the instance settings say so.</summary>
    public DateTimeOffset Expiry() => Context.Now() + (Duration.Parse(Instance.DefaultTokenDuration) ?? TimeSpan.FromDays(365));

    /// <summary>A new key, as long as the instance settings say.</summary>
    internal string NewKey() => OpaqueSecret.Letters(Math.Max(MinKeyLength, Instance.DefaultTokenLength));

    private async ValueTask<bool> IsApplicationAsync(Db db, Guid application)
    {
        foreach (var target in targets)
            if (await target.NameAsync(db, application) is not null) return true;
        return false;
    }

    private InstanceSettings Instance => snapshots.Current.Get<InstanceSettings>();

    private ValueTask InsertAsync(Db db, Token token, string key) => TokenRows.InsertAsync(db, vault, token, key, Context.Now());
}
