using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Brands;
using Hearthkey.System;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>System → Settings.</summary>
public sealed class SettingsPage(SettingsEditor settings)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Get(AdminPaths.Settings, async visit => (await (await FormAsync(visit)).PreparedAsync()).Answer());
        routes.Post(AdminPaths.Settings, SaveAsync);
    }

    private async Task<IResult> SaveAsync(Visit visit) => await Submission.TakeAsync(
        await FormAsync(visit), input => settings.UpdateAsync(visit.Caller, visit.Actor, input, isPartial: true, visit.Ct),
        _ =>
        {
            visit.Http.Flash(nameof(Strings.WasSaved), AdminStrings.Settings);
            return visit.Http.SeeOther(AdminPaths.Settings);
        });

    private async Task<FormContent> FormAsync(Visit visit) => new(
        new Shell(AdminStrings.Settings, AdminPaths.Settings), AdminStrings.SettingsSentence, AdminPaths.Settings, AdminPaths.Settings, Strings.Save,
        [
            new(AdminStrings.Address, AdminStrings.AddressHelp,
                new TextField("base_url", AdminStrings.BaseUrl)
                {
                    Type = "url", IsMono = true, IsReadOnly = settings.IsBaseUrlLocked, IsRequired = !settings.IsBaseUrlLocked,
                    Help = settings.IsBaseUrlLocked ? AdminStrings.BaseUrlLocked : AdminStrings.BaseUrlHelp,
                }),
            new(AdminStrings.Events, null,
                new TextField("event_retention", AdminStrings.EventRetention) { IsMono = true, Help = AdminStrings.EventRetentionHelp }),
            new(AdminStrings.Tokens, AdminStrings.TokenSettingsHelp,
                new TextField("default_token_duration", AdminStrings.TokenDuration) { IsMono = true, Help = AdminStrings.ValiditiesHelp },
                new TextField("default_token_length", AdminStrings.TokenLength) { Type = "number", IsNumber = true, Help = AdminStrings.TokenLengthHelp }),
            new(AdminStrings.Api, AdminStrings.ApiHelp,
                new TextField("pagination_default_page_size", AdminStrings.PageSize) { Type = "number", IsNumber = true },
                new TextField("pagination_max_page_size", AdminStrings.LargestPageSize) { Type = "number", IsNumber = true }),
        ],
        new FormView(visit, (JsonObject)JsonSerializer.SerializeToNode(await settings.GetAsync(visit.Ct), BrandsJson.Default.InstanceSettings)!, new()));
}
