using Hearthkey.Flows;
using Hearthkey.Hosting;
using Hearthkey.Sessions;
using Hearthkey.Ui;

namespace Hearthkey.Portal.Pages;

/// <summary>For somebody who left a browser signed in elsewhere: ends all of their sessions, this one too, and the access of applications.</summary>
internal sealed class EndMySessions(SignInSessions sessions, SignOutEverywhere everywhere)
{
    public const string Path = PortalArea.Path + "sign-out-everywhere/";

    public static async Task<IResult> AskAsync(HttpContext c)
    {
        if (await Visitor.FindAsync(c) is null) return c.SeeOther(FlowUrls.Login(c, Path));
        c.Response.Headers.ContentSecurityPolicy = SecurityHeaders.ContentSecurityPolicy + "; form-action 'self'";
        return c.Confirm(new(PortalStrings.EverywhereTitle, PortalStrings.EverywhereSentence, PortalStrings.Everywhere, Path, PortalArea.Path) { IsInPortal = true });
    }

    public async Task<IResult> EndAsync(HttpContext c)
    {
        if (await Visitor.FindAsync(c) is not { } visitor) return c.SeeOther(FlowUrls.Login(c, Path));
        if (!c.Request.HasFormContentType) return c.StaleForm();
        var form = await c.Request.ReadFormAsync(c.RequestAborted);
        if (!Csrf.IsValid(c, form[Csrf.Field])) return c.StaleForm();
        await everywhere.RunAsync(visitor.Account.Pk, visitor.Account.Username, visitor.Actor(c), c.RequestAborted);
        sessions.Forget(c);
        return c.SeeOther(FlowUrls.Login(c, PortalArea.Path));
    }
}
