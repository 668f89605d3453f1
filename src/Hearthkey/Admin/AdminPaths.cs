namespace Hearthkey.Admin;

/// <summary>Addresses of the admin interface.</summary>
public static class AdminPaths
{
    public const string Start = "/if/admin/";
    public const string Applications = Start + "applications/";
    public const string Providers = Start + "providers/";
    public const string Hosts = Providers + "hosts/";
    public const string Outposts = Start + "outposts/";
    public const string Connect = Start + "connect/";
    public const string Users = Start + "users/";
    public const string Groups = Start + "groups/";
    public const string Tokens = Start + "tokens/";
    public const string Events = Start + "events/";
    public const string Brands = Start + "brands/";
    public const string Certificates = Start + "certificates/";
    public const string Settings = Start + "settings/";
}
