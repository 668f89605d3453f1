using Hearthkey.Ui;

namespace Hearthkey.Admin;

/// <summary>The links at the left of every admin page.</summary>
public static class Navigation
{
    public static NavSource Source { get; } = new(
    [
        new(() => AdminStrings.Applications,
            new NavItem(AdminPaths.Applications, () => AdminStrings.Applications, Icon.Apps),
            new NavItem(AdminPaths.Providers, () => AdminStrings.Providers, Icon.PlugConnected),
            new NavItem(AdminPaths.Outposts, () => AdminStrings.Outposts, Icon.Server2),
            new NavItem(AdminPaths.Connect, () => AdminStrings.Connect, Icon.Plug)),
        new(() => AdminStrings.Directory,
            new NavItem(AdminPaths.Users, () => AdminStrings.Users, Icon.Users),
            new NavItem(AdminPaths.Groups, () => AdminStrings.Groups, Icon.UsersGroup),
            new NavItem(AdminPaths.Tokens, () => AdminStrings.Tokens, Icon.Key)),
        new(() => AdminStrings.Events, new NavItem(AdminPaths.Events, () => AdminStrings.Logs, Icon.ListDetails)),
        new(() => AdminStrings.System,
            new NavItem(AdminPaths.Brands, () => AdminStrings.Brands, Icon.Palette),
            new NavItem(AdminPaths.Certificates, () => AdminStrings.Certificates, Icon.Certificate),
            new NavItem(AdminPaths.Settings, () => AdminStrings.Settings, Icon.Settings)),
    ]);
}
