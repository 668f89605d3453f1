namespace Hearthkey.Hosting;

/// <summary>
/// The origins that are ours: the base URL and the brands' domains. What a request claims in <c>Host</c> only ever picks from this list;
/// issuers and links in mail come from <see cref="Base"/>.
/// </summary>
public sealed class Origins
{
    private volatile IReadOnlyList<Origin> _all = [];

    /// <summary>The base URL, or null as long as nobody has set one up.</summary>
    public Origin? Base => _all.Count == 0 ? null : _all[0];

    public IReadOnlyList<Origin> All => _all;

    /// <summary>Replaces the list; the first one is the base URL.</summary>
    public void Set(IReadOnlyList<Origin> origins) => _all = origins;

    /// <summary>Ours with this authority (<c>host[:port]</c> as sent in <c>Host</c>), or null.</summary>
    public Origin? Find(string authority)
    {
        foreach (var origin in _all)
        {
            if (string.Equals(origin.Authority, authority, StringComparison.OrdinalIgnoreCase)) return origin;
            var port = origin.IsHttps ? ":443" : ":80";
            if (authority.Length == origin.Authority.Length + port.Length && authority.EndsWith(port, StringComparison.Ordinal)
                && authority.StartsWith(origin.Authority, StringComparison.OrdinalIgnoreCase)) return origin;
        }
        return null;
    }
}
