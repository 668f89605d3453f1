using System.Text.Json.Nodes;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Lists;
using Hearthkey.Admin.Objects;
using Hearthkey.Directory;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Directory → Users.</summary>
public sealed class UserPages(Users users, Offers offers, UserSessions sessions, TimeProvider time) : ObjectPages<User>(users)
{
    private static readonly IReadOnlyList<Choice> _types =
    [
        new("internal", AdminStrings.TypeInternal, AdminStrings.TypeInternalHelp),
        new("external", AdminStrings.TypeExternal, AdminStrings.TypeExternalHelp),
        new("service_account", AdminStrings.TypeServiceAccount, AdminStrings.TypeServiceAccountHelp),
    ];

    protected override string Path => AdminPaths.Users;

    protected override PageWords Words => new(AdminStrings.Users, AdminStrings.UsersSentence, AdminStrings.CreateUser, AdminStrings.DeleteUserSentence);

    public override void Map(IEndpointRouteBuilder routes)
    {
        base.Map(routes);
        routes.Post(Path + "{key}/active/", SwitchAsync);
    }

    protected override ObjectList<User> List(Visit visit) => new(
        Path, Title, Sentence, (AdminStrings.Username, "username"),
        u => (Href(u), u.Username, u.Name == u.Username ? null : u.Name, Pieces.Avatar(u.Name.Length == 0 ? u.Username : u.Name)),
        [
            Column<User>.OfText(AdminStrings.Email, "email", u => u.Email),
            Column<User>.OfText(AdminStrings.Groups, null, u => string.Join(", ", (u.GroupsObj ?? []).Select(g => g.Name))),
            new(AdminStrings.LastLogin, "last_login", u => Pieces.Time(u.LastLogin, time.GetUtcNow())),
            new(AdminStrings.State, "is_active", State),
        ])
    {
        Filters =
        [
            ("is_active", AdminStrings.AnyState, [("true", AdminStrings.Active), ("false", AdminStrings.Inactive)]),
            ("type", AdminStrings.AnyType, [.. _types.Select(t => (t.Value, t.Text))]),
        ],
    };

    protected override IReadOnlyList<FormSection> Sections(Visit visit, User? value) =>
    [
        new(AdminStrings.General, AdminStrings.UserGeneralHelp,
            new TextField("username", AdminStrings.Username) { Help = AdminStrings.UsernameHelp, IsRequired = true },
            new TextField("name", AdminStrings.Name) { Help = AdminStrings.PersonNameHelp },
            new TextField("email", AdminStrings.Email) { Type = "email" },
            new CheckField("is_active", AdminStrings.Active) { Help = AdminStrings.ActiveHelp }),
        new(AdminStrings.Groups, AdminStrings.UserGroupsHelp, new ManyField("groups", AdminStrings.Groups, offers.GroupsAsync)),
        new(AdminStrings.MoreSettings, AdminStrings.UserMoreHelp,
            new RadioField("type", AdminStrings.Type, _types),
            new TextField("path", AdminStrings.UserPath) { Help = AdminStrings.UserPathHelp, IsMono = true },
            new JsonField("attributes", AdminStrings.Attributes) { Help = AdminStrings.AttributesHelp }),
    ];

    protected override ValueTask<JsonObject> NewAsync(Visit visit) => new(new JsonObject { ["is_active"] = true, ["type"] = "internal", ["path"] = "users" });

    protected override async ValueTask<FormContent> DressAsync(Visit visit, User value, FormContent form) => form with
    {
        Sentence = value.Name == value.Username ? value.Email : value.Name,
        Below = await sessions.ShowAsync(visit, value),
        Actions = $"{State(value)}{PasswordButton(value)}{SwitchForm(visit, value)}{UserSessions.Button(value)}{Deleting<User>.Button(Href(value) + "delete/")}",
    };

    private Html? PasswordButton(User value) => Passwords.WhyNoneFor(value.Type) is null
        ? Pieces.LinkButton(Href(value) + "password/", AdminStrings.SetPassword, Icon.Password)
        : null;

    private Html SwitchForm(Visit visit, User value)
    {
        var (icon, text) = value.IsActive ? (Icon.UserOff, AdminStrings.Deactivate) : (Icon.UserPlus, AdminStrings.Activate);
        return $"""
            <form method="post" action="{Href(value)}active/">{Fields.Csrf(visit.Http)}{Fields.Hidden("is_active", value.IsActive ? "false" : "true")}<button class="btn">{icon}{text}</button></form>
            """;
    }

    private async Task<IResult> SwitchAsync(Visit visit)
    {
        var input = new JsonObject { ["is_active"] = visit.Form!["is_active"] == "true" };
        var outcome = await users.UpdateAsync(visit.Caller, visit.Actor, visit.Key, global::System.Text.Json.JsonElement.Parse(input.ToJsonString()), isPartial: true, visit.Ct);
        if (outcome.Value is not { } value) return Refusals.Answer(visit, outcome);
        visit.Http.Flash(nameof(Strings.WasSaved), value.Username);
        return visit.Http.SeeOther(Href(value));
    }

    private static Html State(User user) => user.IsActive ? Feedback.Badge(AdminStrings.Active, Tone.Good) : Feedback.Badge(AdminStrings.Inactive, Tone.Bad);
}
