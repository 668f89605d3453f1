namespace Hearthkey.Oidc;

/// <summary>Port: slows down whoever guesses at client secrets and app passwords (RFC 6749 §2.3.1, last paragraph).</summary>
public interface ISecretAttempts
{
    /// <summary>Told of every secret that was compared, before anything depends on it. A request without a secret is no attempt.</summary>
    /// <param name="clientId">The client that the secret was sent for; there is one of this id.</param>
    /// <param name="isRight">Whether it was that client's.</param>
    /// <returns>Null to go on. Otherwise how long the client must wait: that is the answer then, whether or not the secret was right.</returns>
    TimeSpan? Judge(string clientId, bool isRight);

    /// <summary>How long an app password of this name must wait before it is looked at; null: not at all.</summary>
    TimeSpan? WaitFor(string username);

    /// <summary>The same as <see cref="Judge"/> for an app password.</summary>
    TimeSpan? JudgePerson(string username, bool isRight);
}
