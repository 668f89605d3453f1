using Hearthkey.Hosting;
using Hearthkey.Outpost;

namespace Hearthkey.ForwardAuth.Probing;

/// <summary>A host to ask.</summary>
/// <param name="Origin">Scheme and host.</param>
/// <param name="Paths">What to ask for; each needs a login.</param>
/// <param name="Proxy">For a host that only a check named: the external host, whose machine it must be on unless it is public. Null for one that an admin typed.</param>
/// <param name="Own">The login's own origins: what leads there is a login.</param>
internal sealed record ProbeRequest(Uri Origin, IReadOnlyList<(ProbedPath Kind, string Path)> Paths, Uri? Proxy, IReadOnlyList<Origin> Own)
{
    private static readonly string[] _assets = ["/favicon.ico", "/logo.png", "/static/app.css"];

    /// <summary>The paths of this origin that need a login: the first page, an asset, one that nobody has.</summary>
    /// <param name="nonce">Letters that no application has a page for.</param>
    public static IReadOnlyList<(ProbedPath Kind, string Path)> Choose(OutpostConfiguration configuration, string origin, string nonce)
    {
        bool NeedsLogin(string path) => ForwardedUrl.TryParse(origin + path, out var url) && configuration.NeedsLogin(url);

        List<(ProbedPath, string)> chosen = [];
        if (NeedsLogin("/")) chosen.Add((ProbedPath.Start, "/"));
        if (Array.Find(_assets, NeedsLogin) is { } asset) chosen.Add((ProbedPath.Asset, asset));
        var random = "/" + nonce;
        if (NeedsLogin(random)) chosen.Add((ProbedPath.Random, random));
        return chosen;
    }
}
