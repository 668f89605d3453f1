using Hearthkey.Brands;
using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Flows.Start;

/// <summary>The door before initial setup: only the printed link opens it. Adopts the base URL at the end.</summary>
internal sealed class SetupEntry(SetupLink link, IStore store, Settings settings)
{
    /// <summary>The prompt that holds the address people use.</summary>
    public const string BaseUrlKey = "base_url";

    public FlowEntry Entry => new(SetupLink.Slug, EnterAsync, MayGoOnAsync, FinishAsync, ProxyView.Of);

    /// <summary>Why this base URL cannot be used, or null.</summary>
    public static string? Mistake(string text) => Origin.TryParse(text, out _) ? null : FlowStrings.NoBaseUrl;

    private async ValueTask<(FlowState? State, IResult? Page)> EnterAsync(HttpContext http, FlowState state)
    {
        var ct = http.RequestAborted;
        if (!await link.IsOpenAsync(ct))
            return (null, http.ErrorPage(StatusCodes.Status410Gone, FlowStrings.SetupDoneTitle, FlowStrings.SetupDoneSentence, FlowStrings.SetupDoneNext,
                action: new(FlowStrings.SignIn, http.Ui().Links.Portal)));
        var token = http.Request.Query["setup"].ToString();
        if (token.Length == 0) return (null, Explain(http, FlowStrings.SetupExplained));
        if (!await link.IsGoodAsync(token, ct)) return (null, Explain(http, FlowStrings.SetupLinkOld));
        if (await store.ReadAsync(Admins.FirstAsync, ct) is not { } admin) return (null, Explain(http, FlowStrings.SetupNobody));
        var baseUrl = settings.BaseUrl is { } own ? Origin.Of(own) : http.Edge().Origin;
        return (state.With(BaseUrlKey, baseUrl.ToString()) with { UserPk = admin, Entry = SetupLink.Slug, Next = http.Ui().Links.Admin }, null);
    }

    // once it is closed, only the browser that closed it by setting the password goes on
    private async ValueTask<bool> MayGoOnAsync(Db db, FlowState state) => state.Proofs.Count > 0 || await link.IsOpenAsync(db);

    private async ValueTask FinishAsync(Db db, FlowState state)
    {
        if (settings.BaseUrl is not null || !Origin.TryParse(state.Data.GetValueOrDefault(BaseUrlKey), out var origin)) return;
        await InstanceSettings.SaveAsync(db, await InstanceSettings.LoadAsync(settings, db) with { BaseUrl = origin.ToString() });
    }

    private static IResult Explain(HttpContext http, string sentence) => http.Page(Slices.SetupClosedPage.Create(sentence), StatusCodes.Status403Forbidden);
}
