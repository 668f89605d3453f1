using Hearthkey.Admin.StepUps;
using Hearthkey.Applications;
using Hearthkey.Flows;
using Hearthkey.Hosting;
using Hearthkey.Resources;
using Hearthkey.Ui;

namespace Hearthkey.Admin;

/// <summary>
/// The door of every admin page: strangers are sent to sign in, people who are no admins see the forbidden page, forms that did not come from
/// a page of ours are refused.
/// </summary>
public static class Doors
{
    /// <summary>These pages post to themselves alone, so the browser may hold them to it.</summary>
    private const string FormsStayHere = "; form-action 'self'";

    public static void Get(this IEndpointRouteBuilder routes, string path, Func<Visit, Task<IResult>> page) => routes.Map("GET", path, page);

    public static void Post(this IEndpointRouteBuilder routes, string path, Func<Visit, Task<IResult>> page) => routes.Map("POST", path, page);

    private static void Map(this IEndpointRouteBuilder routes, string method, string path, Func<Visit, Task<IResult>> page) =>
        routes.MapMethods(path, [method], (RequestDelegate)(c => RunAsync(c, page))).WithMetadata(Access.Admin);

    private static async Task RunAsync(HttpContext c, Func<Visit, Task<IResult>> page) => await (await AnswerAsync(c, page)).ExecuteAsync(c);

    private static async Task<IResult> AnswerAsync(HttpContext c, Func<Visit, Task<IResult>> page)
    {
        var isWrite = HttpMethods.IsPost(c.Request.Method);
        if (await c.FindCallerAsync() is not { IsBrowser: true } caller)
            return c.SeeOther(FlowUrls.Login(c, isWrite ? c.Request.Path : c.Request.Path + c.Request.QueryString));
        if (!caller.IsSuperuser) return c.ForbiddenPage();
        c.Response.Headers.ContentSecurityPolicy = SecurityHeaders.ContentSecurityPolicy + FormsStayHere;
        c.AllowApplicationIcons();
        if (!isWrite) return await page(new Visit(c, caller, null));
        if (!c.Request.HasFormContentType) return c.StaleForm();
        var form = await c.Request.ReadFormAsync(c.RequestAborted);
        if (!Csrf.IsValid(c, form[Csrf.Field])) return c.StaleForm();
        return await PasswordAgain.RunAsync(new Visit(c, caller, form), page);
    }
}
