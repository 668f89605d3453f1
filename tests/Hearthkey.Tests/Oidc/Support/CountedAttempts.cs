using Hearthkey.Oidc;

namespace Hearthkey.Tests.Oidc.Support;

/// <summary>Writes down which secrets were judged; a test says whether to wait.</summary>
internal sealed class CountedAttempts : ISecretAttempts
{
    public List<(string ClientId, bool IsRight)> Judged { get; } = [];

    public List<(string Username, bool IsRight)> JudgedPeople { get; } = [];

    public TimeSpan? Wait { get; set; }

    public TimeSpan? PersonWait { get; set; }

    public TimeSpan? Judge(string clientId, bool isRight)
    {
        Judged.Add((clientId, isRight));
        return Wait;
    }

    public TimeSpan? WaitFor(string username) => PersonWait;

    public TimeSpan? JudgePerson(string username, bool isRight)
    {
        JudgedPeople.Add((username, isRight));
        return PersonWait;
    }
}
