using Hearthkey.Oidc;

namespace Hearthkey.Tests.Oidc.Support;

/// <summary>Writes down which secrets were judged; a test says whether to wait.</summary>
internal sealed class CountedAttempts : ISecretAttempts
{
    public List<(string ClientId, bool IsRight)> Judged { get; } = [];

    public TimeSpan? Wait { get; set; }

    public TimeSpan? Judge(string clientId, bool isRight)
    {
        Judged.Add((clientId, isRight));
        return Wait;
    }
}
