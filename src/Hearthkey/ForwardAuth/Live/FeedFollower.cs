using System.Globalization;
using Hearthkey.Directory;
using Hearthkey.OidcProvider;
using Hearthkey.Outpost;
using Hearthkey.Sessions;
using Hearthkey.Storage;

namespace Hearthkey.ForwardAuth.Live;

/// <summary>Tells the outpost's memory what ended or changed. What depends on the snapshot is renewed with it.</summary>
internal static class FeedFollower
{
    private static readonly string[] _userKinds =
        [UserChanges.End, UserChanges.Password, UserChanges.User, ForwardAuthChanges.SessionsEnd];

    /// <summary>Must come after the areas above have subscribed: what is read anew here has to be read anew there.</summary>
    public static void Follow(ChangeFeed feed, SessionCache cache, HeaderCache headers)
    {
        feed.Subscribe([SessionChanges.SessionEnd], change => cache.EndSession(change.Key));
        feed.Subscribe(_userKinds, change =>
        {
            if (int.TryParse(change.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var pk))
            {
                cache.ForgetUser(pk);
                headers.ForgetUser(pk);
                return;
            }
            cache.ForgetAll();
            headers.ForgetAll();
        });
        feed.Subscribe([UserChanges.Token, GrantChanges.End], _ => headers.ForgetAll());
        feed.SubscribeLost(cache.ForgetAll);
        feed.SubscribeLost(headers.ForgetAll);
    }
}
