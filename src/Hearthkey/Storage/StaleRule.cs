using Hearthkey.Hosting;

namespace Hearthkey.Storage;

/// <summary>
/// The one place of DESIGN 4.5: what a node remembers of sessions, grants, people and keys is believed for <c>STALE_MAX</c> after the database
/// last answered. Then it is asked for again, and where the database does not answer the request ends with 503.
/// </summary>
public sealed class StaleRule(ChangeFeed feed, Settings settings)
{
    /// <summary>The feed asks the database each second: strict (<c>STALE_MAX</c> zero) means no more than a missed answer or two.</summary>
    private static readonly TimeSpan _strict = TimeSpan.FromSeconds(3);

    /// <summary>What is remembered may be believed now.</summary>
    public bool MayBelieve => feed.ContactAge <= (settings.StaleMax > _strict ? settings.StaleMax : _strict);
}
