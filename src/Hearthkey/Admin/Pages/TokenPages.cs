using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Lists;
using Hearthkey.Admin.Objects;
using Hearthkey.Catalog;
using Hearthkey.Directory;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Directory → Tokens.</summary>
public sealed class TokenPages(Tokens tokens, Offers offers, PathPresets presets, TimeProvider time) : ObjectPages<Token>(tokens)
{
    private static readonly IReadOnlyList<Choice> _intents =
    [
        new(Token.Api, AdminStrings.IntentApi, AdminStrings.IntentApiHelp),
        new(Token.AppPassword, AdminStrings.IntentAppPassword, AdminStrings.IntentAppPasswordHelp),
    ];

    protected override string Path => AdminPaths.Tokens;

    protected override PageWords Words => new(AdminStrings.Tokens, AdminStrings.TokensSentence, AdminStrings.CreateToken, AdminStrings.DeleteTokenSentence);

    public override void Map(IEndpointRouteBuilder routes)
    {
        base.Map(routes);
        routes.Get(Path + "{key}/key/", ShowKeyAsync);
        routes.Post(Path + "{key}/key/", ShowKeyAsync);
    }

    protected override ObjectList<Token> List(Visit visit) => new(
        Path, Title, Sentence, (AdminStrings.Identifier, "identifier"), t => (Href(t), t.Identifier, t.Description.Length > 0 ? t.Description : null, null),
        [
            Column<Token>.OfText(AdminStrings.Intent, "intent", IntentOf),
            Column<Token>.OfText(AdminStrings.ModelUser, "user__username", t => t.UserObj?.Username),
            new(AdminStrings.Expires, "expires", t => Expiry(t)),
        ]);

    protected override IReadOnlyList<FormSection> Sections(Visit visit, Token? value) =>
    [
        new(AdminStrings.General, AdminStrings.TokenGeneralHelp,
        [
            new TextField("identifier", AdminStrings.Identifier) { Help = AdminStrings.IdentifierHelp, IsRequired = true, IsMono = true },
            value is null
                ? new SelectField("user", AdminStrings.ModelUser, offers.UsersAsync) { IsNumber = true, Help = AdminStrings.TokenUserHelp }
                : new NoteField("user_obj", _ => Pieces.DefinitionList((AdminStrings.ModelUser, Pieces.Link($"{AdminPaths.Users}{value.User}/", value.UserObj?.Username ?? "–")))),
            value is null
                ? new RadioField("intent", AdminStrings.Intent, _intents)
                : new NoteField("intent", _ => Pieces.DefinitionList((AdminStrings.Intent, (Html)$"{IntentOf(value)}"))),
            new TextField("description", AdminStrings.Description),
        ]),
        .. value is null or { Intent: Token.AppPassword } ? [Limits] : (FormSection[])[],
        new(AdminStrings.Expiry, AdminStrings.ExpiryHelp,
            new CheckField("expiring", AdminStrings.Expiring),
            new TimeField("expires", AdminStrings.ExpiresUtc) { Help = AdminStrings.ExpiresHelp }),
    ];

    private FormSection Limits => new(AdminStrings.TokenLimits, AdminStrings.TokenLimitsHelp,
        new SelectField("limit_application", AdminStrings.LimitApplication, offers.ApplicationsAsync) { Blank = AdminStrings.LimitNoApplication, Only = "app-password" },
        new LinesField("limit_methods", AdminStrings.LimitMethods) { Rows = 2, Placeholder = "GET", Help = AdminStrings.LimitMethodsHelp, Only = "app-password" },
        new LinesField("limit_paths", AdminStrings.LimitPaths) { Placeholder = "/api/.*", Help = AdminStrings.LimitPathsHelp, Only = "app-password" },
        new PresetField("limit_paths", presets, AdminStrings.PresetLimits) { Help = AdminStrings.PresetLimitHelp, Only = "app-password" });

    protected override ValueTask<JsonObject> NewAsync(Visit visit) => new(new JsonObject
    {
        ["intent"] = Token.Api,
        ["expiring"] = true,
        ["user"] = visit.Caller.UserPk,
        ["expires"] = tokens.Expiry().ToString("yyyy-MM-dd'T'HH:mm:00'Z'", CultureInfo.InvariantCulture),
    });

    protected override void Shape(JsonObject input, Token? before)
    {
        // out of sight then, but perhaps filled in
        if (before is null && input["intent"]?.ToString() == Token.Api)
            foreach (var limit in (string[])["limit_application", "limit_methods", "limit_paths"]) input.Remove(limit);
        if (input["expires"] is null || input["expiring"]?.GetValue<bool>() == false) input.Remove("expires");
    }

    protected override string Made(Token value) => Href(value) + "key/";

    protected override ValueTask<FormContent> DressAsync(Visit visit, Token value, FormContent form) => new(form with
    {
        Sentence = value.Description,
        Actions = $"{Pieces.LinkButton(Href(value) + "key/", AdminStrings.ViewKey, Icon.Eye)}{form.Actions}",
    });

    private async Task<IResult> ShowKeyAsync(Visit visit)
    {
        var outcome = await tokens.ViewKeyAsync(visit.Caller, visit.Actor, visit.Key, visit.Ct);
        if (outcome.Value is not { } key) return Refusals.Answer(visit, outcome);
        var isAppPassword = (await tokens.GetAsync(visit.Caller, visit.Key, ListRequest.First(), visit.Ct)).Value?.Intent == Token.AppPassword;
        var shell = new Shell(AdminStrings.Key, Path, new Crumb(Title, Path), new Crumb(visit.Key, Href(visit.Key)));
        return new ObjectContent(shell, Texts.Format(AdminStrings.KeySentence, visit.Key))
        {
            Body = $"""<div class="sections"><div class="card body">{Copying.Secret("key", isAppPassword ? AdminStrings.IntentAppPassword : AdminStrings.Key, key, isAppPassword ? AdminStrings.AppPasswordHelp : AdminStrings.KeyHelp)}<div class="actions">{Pieces.LinkButton(Href(visit.Key), AdminStrings.BackToToken)}</div></div></div>""",
        }.Answer(visit.Http);
    }

    private static string IntentOf(Token token) => _intents.FirstOrDefault(i => i.Value == token.Intent)?.Text ?? token.Intent;

    private Html Expiry(Token token)
    {
        if (token.Expires is not { } at) return Feedback.Badge(AdminStrings.Never, Tone.Warning);
        return at < time.GetUtcNow() ? Feedback.Badge(AdminStrings.Expired, Tone.Bad) : Pieces.Time(at, time.GetUtcNow());
    }
}
