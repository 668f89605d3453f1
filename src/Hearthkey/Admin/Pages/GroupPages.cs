using System.Globalization;
using Hearthkey.Admin.Forms;
using Hearthkey.Admin.Lists;
using Hearthkey.Admin.Objects;
using Hearthkey.Directory;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Directory → Groups.</summary>
public sealed class GroupPages(Groups groups, Offers offers) : ObjectPages<Group>(groups)
{
    protected override string Path => AdminPaths.Groups;

    protected override PageWords Words => new(AdminStrings.Groups, AdminStrings.GroupsSentence, AdminStrings.CreateGroup, AdminStrings.DeleteGroupSentence);

    protected override ObjectList<Group> List(Visit visit) => new(Path, Title, Sentence, (AdminStrings.Name, "name"), g => (Href(g), g.Name, null, null),
    [
        Column<Group>.OfText(AdminStrings.Members, null, g => g.Users.Count.ToString(CultureInfo.CurrentCulture)),
        Column<Group>.OfText(AdminStrings.Parents, null, g => string.Join(", ", (g.ParentsObj ?? []).Select(p => p.Name))),
        new(AdminStrings.IsSuperuser, "is_superuser", g => g.IsSuperuser ? Feedback.Badge(AdminStrings.IsSuperuser, Tone.Note) : Pieces.Text(null)),
    ])
    {
        Arguments = [new("include_users", "false"), new("include_children", "false")],
    };

    protected override IReadOnlyList<FormSection> Sections(Visit visit, Group? value) =>
    [
        new(AdminStrings.General, AdminStrings.GroupGeneralHelp,
            new TextField("name", AdminStrings.Name) { IsRequired = true },
            new CheckField("is_superuser", AdminStrings.IsSuperuser) { Help = AdminStrings.IsSuperuserHelp },
            new ManyField("parents", AdminStrings.Parents, v => offers.GroupsAsync(v, except: value?.Pk)) { Help = AdminStrings.ParentsHelp },
            new JsonField("attributes", AdminStrings.Attributes) { Help = AdminStrings.AttributesHelp }),
        new(AdminStrings.Members, AdminStrings.MembersHelp,
            new ManyField("users", AdminStrings.Members, offers.UsersAsync) { IsNumber = true }),
    ];
}
