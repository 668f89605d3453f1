using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Applications;
using Hearthkey.Catalog;
using Hearthkey.Directory;
using Hearthkey.Flows;
using Hearthkey.Hosting;
using Hearthkey.Keys;
using Hearthkey.Resources;
using Hearthkey.Sessions;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Portal.Pages;

/// <summary>One's own app passwords: for programs that cannot show a sign-in page. Making one asks for a recent proof of who sits at the browser (DESIGN 6.9).</summary>
internal sealed class AppPasswordPages(
    Tokens tokens, ApplicationList applications, PathPresets presets, PasswordFactor factor, SignInSessions sessions, IStore store, TimeProvider time)
{
    public const string Path = PortalArea.Path + "app-passwords/";

    private const string PasswordField = "password";

    public async Task<IResult> ShowAsync(HttpContext c)
    {
        if (await c.FindCallerAsync() is not { IsBrowser: true } caller || await Visitor.FindAsync(c) is not { } visitor) return c.SeeOther(FlowUrls.Login(c, Path));
        return Answer(c, await ContentAsync(c, caller, visitor), StatusCodes.Status200OK);
    }

    public async Task<IResult> MakeAsync(HttpContext c)
    {
        if (await c.FindCallerAsync() is not { IsBrowser: true } caller || await Visitor.FindAsync(c) is not { } visitor) return c.SeeOther(FlowUrls.Login(c, Path));
        if (await FormAsync(c) is not { } form) return c.StaleForm();
        var content = (await ContentAsync(c, caller, visitor)) with
        {
            Purpose = form["purpose"].ToString().Trim(),
            Application = form["application"].ToString(),
            Preset = form["part"].ToString(),
            IsReadOnly = form["read_only"] == "true",
        };
        if (content.Purpose.Length is 0 or > 100)
            return Answer(c, content with { PurposeError = PortalStrings.AppPasswordPurposeWanted }, StatusCodes.Status422UnprocessableEntity);
        var part = presets.Find(content.Preset);
        if (content.Preset.Length > 0 && (part is null || content.Application.Length == 0))
            return Answer(c, content with { PresetError = PortalStrings.AppPasswordPartWhere }, StatusCodes.Status422UnprocessableEntity);
        if (content.AsksPassword)
        {
            if (await WhyNotAsync(c, visitor.Account, form[PasswordField].ToString()) is { } problem)
                return Answer(c, content with { PasswordError = problem }, StatusCodes.Status422UnprocessableEntity);
            caller = caller with { AuthAt = time.GetUtcNow() };
        }
        var made = await tokens.CreateAsync(caller, caller.Actor(c), Input(content, part, visitor.Account), c.RequestAborted);
        if (made.Value is not { } token)
        {
            var errors = made.Errors is { } wrong ? string.Join(' ', wrong.Fields.Select(wrong.For)) : made.Refusal;
            return Answer(c, content with { PurposeError = errors }, StatusCodes.Status422UnprocessableEntity);
        }
        var key = await tokens.ViewKeyAsync(caller, caller.Actor(c), token.Identifier, c.RequestAborted);
        if (content.AsksPassword) await sessions.RenewAsync(c);
        Guard(c);
        return c.Page(Slices.AppPasswordPage.Create(new(content.Purpose, visitor.Account.Username, key.Value ?? "")));
    }

    public async Task<IResult> AskToEndAsync(HttpContext c)
    {
        if (await c.FindCallerAsync() is not { IsBrowser: true } caller || await Visitor.FindAsync(c) is not { } visitor) return c.SeeOther(FlowUrls.Login(c, Path));
        if (await OwnAsync(c, caller, visitor) is not { } token) return c.NotFoundPage();
        Guard(c);
        return c.Confirm(new(Texts.Format(PortalStrings.AppPasswordEndTitle, Name(token)), PortalStrings.AppPasswordEndSentence, Strings.Delete, c.Request.Path, Path) { IsInPortal = true });
    }

    public async Task<IResult> EndAsync(HttpContext c)
    {
        if (await c.FindCallerAsync() is not { IsBrowser: true } caller || await Visitor.FindAsync(c) is not { } visitor) return c.SeeOther(FlowUrls.Login(c, Path));
        if (await FormAsync(c) is null) return c.StaleForm();
        if (await OwnAsync(c, caller, visitor) is not { } token) return c.NotFoundPage();
        await tokens.DeleteAsync(caller, caller.Actor(c), token.Identifier, c.RequestAborted);
        return c.SeeOther(Path);
    }

    /// <summary>What a password is called: what it is for, or its identifier where an admin or a program made it.</summary>
    public static string Name(Token token) => token.Description.Length > 0 ? token.Description : token.Identifier;

    private async Task<AppPasswordsContent> ContentAsync(HttpContext c, Caller caller, Visitor visitor)
    {
        var request = new ListRequest(1, ListRequest.MaxPageSize, "description", "", [new("intent", Token.AppPassword), new("user__username", visitor.Account.Username)]);
        var own = (await tokens.ListAsync(caller, request, c.RequestAborted)).Value?.Results ?? [];
        var choices = applications.Openable(visitor.Account).Where(a => a.Provider is not null)
            .OrderBy(a => a.Name, StringComparer.CurrentCultureIgnoreCase).Select(a => (a.Pk.ToString(), a.Name));
        return new([.. own], [.. choices], presets.All, time.GetUtcNow(), StepUp.IsDue(caller, time.GetUtcNow()));
    }

    private async ValueTask<Token?> OwnAsync(HttpContext c, Caller caller, Visitor visitor) =>
        (await tokens.GetAsync(caller, c.Key(), ListRequest.First(), c.RequestAborted)).Value is { Intent: Token.AppPassword } token && token.User == visitor.Account.Pk ? token : null;

    private static JsonElement Input(AppPasswordsContent content, PathPreset? part, Account owner)
    {
        var input = new JsonObject
        {
            ["identifier"] = $"app-password-{OpaqueSecret.Letters(16)}",
            ["intent"] = Token.AppPassword,
            ["user"] = owner.Pk,
            ["description"] = content.Purpose,
        };
        if (content.Application.Length > 0) input["limit_application"] = content.Application;
        if (part is not null) input["limit_paths"] = new JsonArray([.. part.Paths.Select(path => (JsonNode)path)]);
        if (content.IsReadOnly) input["limit_methods"] = new JsonArray("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT");
        return JsonElement.Parse(input.ToJsonString());
    }

    private async ValueTask<string?> WhyNotAsync(HttpContext c, Account account, string password)
    {
        var attempt = await factor.TryAsync(c, account, account.Username, password, new JsonObject { ["page"] = "password asked again" }, c.RequestAborted);
        if (attempt.Wait is { } delay) return Texts.Format(PortalStrings.PasswordWait, (int)Math.Ceiling(Math.Max(1, delay.TotalSeconds)));
        if (attempt.IsBusy) return PortalStrings.PasswordBusy;
        if (attempt.RecordAsync is not { } record) return null;
        await store.WriteAsync(async db =>
        {
            await record(db);
            return true;
        }, c.RequestAborted);
        return PortalStrings.PasswordWrong;
    }

    private static async ValueTask<IFormCollection?> FormAsync(HttpContext c)
    {
        if (!c.Request.HasFormContentType) return null;
        var form = await c.Request.ReadFormAsync(c.RequestAborted);
        return Csrf.IsValid(c, form[Csrf.Field]) ? form : null;
    }

    private static IResult Answer(HttpContext c, AppPasswordsContent content, int status)
    {
        Guard(c);
        return c.Page(Slices.AppPasswordsPage.Create(content), status);
    }

    private static void Guard(HttpContext c) => c.Response.Headers.ContentSecurityPolicy = SecurityHeaders.ContentSecurityPolicy + "; form-action 'self'";
}
