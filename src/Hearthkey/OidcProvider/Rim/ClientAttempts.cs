using Hearthkey.Directory;
using Hearthkey.Hosting;
using Hearthkey.Oidc;

namespace Hearthkey.OidcProvider.Rim;

/// <summary>Slows down guessing at client secrets and app passwords, per client or user and per address (DESIGN 6.11).</summary>
internal sealed class ClientAttempts(Throttle throttle, Edge edge) : ISecretAttempts
{
    // no name of a person has a control character
    public TimeSpan? Judge(string clientId, bool isRight) => throttle.Judge("client\u001f" + clientId, edge.Client, isRight, edge.IsClientCertain);

    public TimeSpan? WaitFor(string username) => throttle.Waiting(AppPasswords.ThrottleKey(username), edge.Client, edge.IsClientCertain);

    public TimeSpan? JudgePerson(string username, bool isRight) =>
        throttle.Judge(AppPasswords.ThrottleKey(username), edge.Client, isRight, edge.IsClientCertain);
}
