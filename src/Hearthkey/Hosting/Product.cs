using System.Reflection;

namespace Hearthkey.Hosting;

/// <summary>What this program is.</summary>
public static class Product
{
    private static readonly string[] _version =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');

    /// <summary>The version, without the commit.</summary>
    public static string Version => _version[0];

    /// <summary>The commit it was built from; blank where the build did not know.</summary>
    public static string Commit => _version.Length > 1 ? _version[1] : "";
}
