using System.Globalization;
using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Objects;
using Hearthkey.Admin.StepUps;
using Hearthkey.Connectors;
using Hearthkey.ForwardAuth;
using Hearthkey.Hosting;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Connect → Nginx Proxy Manager: the login, and the list of its proxy hosts to protect and to take back.</summary>
public sealed class NpmPages(NpmConnections connections, ProtectedHosts hosts, Settings settings)
{
    public const string Path = AdminPaths.Connect + "npm/";

    private const string One = Path + "{key}/";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get(Path + "new/", async visit => PasswordAgain.AskIfDue(visit) ?? await NewAsync(visit));
        routes.Post(Path + "new/", ConnectAsync);
        routes.Get(One, visit => WithAsync(visit, c => ShowAsync(visit, c, [])));
        routes.Get(One + "login/", visit => WithAsync(visit, async c => PasswordAgain.AskIfDue(visit) ?? await AgainAsync(visit, c)));
        routes.Post(One + "protect/", visit => WithAsync(visit, c => ProtectAsync(visit, c)));
        routes.Post(One + "renew/", visit => WithAsync(visit, c => RenewAsync(visit, c)));
        routes.Post(One + "take-back/", visit => WithAsync(visit, c => TakeBackAsync(visit, c)));
        routes.Get(One + "delete/", visit => WithAsync(visit, c => Task.FromResult(visit.Http.Confirm(new(
            Texts.Format(AdminStrings.NpmDisconnectTitle, c.Address), AdminStrings.NpmDisconnectSentence, AdminStrings.Disconnect, visit.Http.Request.Path, Href(c))
        { Active = AdminPaths.Connect }))));
        routes.Post(One + "delete/", visit => WithAsync(visit, c => RemoveAsync(visit, c)));
    }

    private static string Href(NpmConnection connection) => $"{Path}{connection.Uuid}/";

    private async Task<IResult> WithAsync(Visit visit, Func<NpmConnection, Task<IResult>> page) =>
        await connections.FindAsync(visit.Key, visit.Ct) is { } connection ? await page(connection) : visit.Http.NotFoundPage();

    private async Task<IResult> NewAsync(Visit visit) => (await Form(visit, new()
    {
        ["server_url"] = ProxyTexts.ServerUrl(settings),
        ["http_port"] = 80,
        ["https_port"] = 443,
    }).PreparedAsync()).Answer();

    private static async Task<IResult> AgainAsync(Visit visit, NpmConnection c) => (await Form(visit, new()
    {
        ["address"] = c.Address,
        ["identity"] = c.Identity,
        ["server_url"] = c.ServerUrl,
        ["http_port"] = c.HttpPort,
        ["https_port"] = c.HttpsPort,
        ["is_tunnelled"] = c.IsTunnelled,
    }).PreparedAsync()).Answer();

    private async Task<IResult> ConnectAsync(Visit visit) => PasswordAgain.AskIfDue(visit) ?? await Submission.TakeAsync(
        Form(visit, []), input => connections.ConnectAsync(visit.Caller, visit.Actor, input, visit.Ct), c => visit.Http.SeeOther(Href(c)));

    private static FormContent Form(Visit visit, JsonObject values) => new(
        new Shell(AdminStrings.NpmConnect, AdminPaths.Connect, new Crumb(AdminStrings.Connect, AdminPaths.Connect)), AdminStrings.NpmHelp,
        Path + "new/", AdminPaths.Connect, AdminStrings.Connect,
        [
            new(AdminStrings.NpmLogin, AdminStrings.NpmLoginHelp,
                new TextField("address", AdminStrings.NpmAddress) { Type = "url", IsMono = true, IsRequired = true, Placeholder = "http://192.168.1.5:81", Help = AdminStrings.NpmAddressHelp },
                new TextField("identity", AdminStrings.NpmIdentity) { IsRequired = true },
                new PasswordField("secret", AdminStrings.Password) { IsRequired = true },
                new TextField("code", AdminStrings.NpmCode) { Help = AdminStrings.NpmCodeHelp }),
            new(AdminStrings.NpmNetwork, AdminStrings.NpmNetworkHelp,
                new TextField("server_url", AdminStrings.NpmServer) { Type = "url", IsMono = true, IsRequired = true, Help = AdminStrings.NpmServerHelp },
                new CheckField("is_tunnelled", AdminStrings.NpmTunnelled) { Help = AdminStrings.NpmTunnelledHelp },
                new TextField("http_port", AdminStrings.NpmHttpPort) { Type = "number", IsNumber = true },
                new TextField("https_port", AdminStrings.NpmHttpsPort) { Type = "number", IsNumber = true, Help = AdminStrings.NpmPortsHelp }),
        ],
        new FormView(visit, values, new()));

    private async Task<IResult> ShowAsync(Visit visit, NpmConnection connection, IReadOnlyList<NpmResult> problems)
    {
        var list = await connections.HostsAsync(connection, visit.Ct);
        var href = Href(connection);
        return new ObjectContent(new Shell(connection.Address, AdminPaths.Connect, new Crumb(AdminStrings.Connect, AdminPaths.Connect)), AdminStrings.NpmHostsSentence)
        {
            Actions = $"{Pieces.LinkButton(href + "login/", AdminStrings.NpmLogInAgain, Icon.Key)}{Disconnect(href)}",
            Body = $"""{Html.Join(problems, p => Feedback.Alert(p.Problem!, Tone.Bad, p.Names))}{NpmHostList(visit, list, href)}""",
        }.Answer(visit.Http, problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static Html Disconnect(string href) => $"""
        <a class="btn danger" href="{href}delete/" hx-get="{href}delete/" hx-target="#dialog" hx-swap="innerHTML">{Icon.Unlink}{AdminStrings.Disconnect}</a>
        """;

    private Html NpmHostList(Visit visit, Hearthkey.Connectors.NpmHostList list, string href) => list.Problem is { } problem
        ? Feedback.Alert(problem, Tone.Bad, null, list.NeedsLogin ? Pieces.LinkButton(href + "login/", AdminStrings.NpmLogInAgain, Icon.Key) : Pieces.LinkButton(href, Strings.CheckAgain, Icon.Refresh))
        : NpmHostForm.Show(visit, list.Hosts, hosts, href);

    private async Task<IResult> ProtectAsync(Visit visit, NpmConnection connection)
    {
        List<(long, string)> picks = [];
        foreach (var pick in visit.Form!["host"])
            if (pick?.Split(':') is [var id, var seen] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) picks.Add((number, seen));
        var outcome = await connections.ProtectAsync(visit.Caller, visit.Actor, connection, picks, ProtectBy.Read(visit.Form["as"].ToString()), visit.Ct);
        if (outcome.Value is not { } results) return Refusals.Answer(visit, outcome);
        var problems = results.Where(r => r.Problem is not null).ToList();
        if (problems.Count > 0) return await ShowAsync(visit, connection, problems);
        if (results.Count > 0) visit.Http.Flash(nameof(Strings.WasProtected), string.Join(", ", results.Select(r => r.Names)));
        return visit.Http.SeeOther(Href(connection));
    }

    private async Task<IResult> RenewAsync(Visit visit, NpmConnection connection)
    {
        if (!long.TryParse(visit.Form!["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return visit.Http.NotFoundPage();
        var outcome = await connections.RenewAsync(visit.Caller, visit.Actor, connection, id, visit.Form["seen"].ToString(), visit.Ct);
        if (outcome.Value is not { } result) return Refusals.Answer(visit, outcome);
        if (result.Problem is not null) return await ShowAsync(visit, connection, [result]);
        visit.Http.Flash(nameof(Strings.WasProtected), result.Names);
        return visit.Http.SeeOther(Href(connection));
    }

    private async Task<IResult> TakeBackAsync(Visit visit, NpmConnection connection)
    {
        if (!long.TryParse(visit.Form!["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return visit.Http.NotFoundPage();
        var outcome = await connections.TakeBackAsync(visit.Caller, visit.Actor, connection, id, visit.Ct);
        if (outcome.Value is not { } result) return Refusals.Answer(visit, outcome);
        if (result.Problem is not null) return await ShowAsync(visit, connection, [result]);
        visit.Http.Flash(nameof(Strings.WasTakenBack), result.Names);
        return visit.Http.SeeOther(Href(connection));
    }

    private async Task<IResult> RemoveAsync(Visit visit, NpmConnection connection)
    {
        await connections.RemoveAsync(visit.Actor, connection, visit.Ct);
        visit.Http.Flash(nameof(Strings.WasDeleted), connection.Address);
        return visit.Http.SeeOther(AdminPaths.Connect);
    }
}
