using Hearthkey.Applications;
using Hearthkey.ForwardAuth;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>Something that bindings are made to, as the pages of its bindings show it.</summary>
/// <param name="Name">What people know it by.</param>
/// <param name="Target">Its <c>pbm_uuid</c>.</param>
/// <param name="Href">Its own page.</param>
/// <param name="List">Where it is found.</param>
/// <param name="Everyone">Who may open it when nothing is bound to it, within a sentence.</param>
public sealed record BoundThing(string Name, Guid Target, string Href, Crumb List, string Everyone)
{
    /// <summary>Where the bindings of things on these pages stand.</summary>
    public const string BindingsPath = "{owner}/bindings/";

    public string Bindings => Href + "bindings/";

    public static BoundThing Of(Application value) => new(
        value.Name, value.PbmUuid, $"{AdminPaths.Applications}{value.Slug}/", new(AdminStrings.Applications, AdminPaths.Applications), AdminStrings.EveryoneSignedIn);

    public static BoundThing Of(ProxyHost value) => new(
        value.Host, value.PbmUuid, $"{AdminPaths.Hosts}{value.Pk}/", new(AdminStrings.Providers, AdminPaths.Providers), AdminStrings.EveryoneOfApplication);
}
