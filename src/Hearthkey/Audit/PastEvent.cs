using System.Text.Json;

namespace Hearthkey.Audit;

/// <summary>An event as it is read back.</summary>
/// <param name="Username">Whose act it was; blank for nobody known.</param>
/// <param name="Occurrences">How often it happened, where several were counted as one.</param>
/// <param name="Context">What happened.</param>
public sealed record PastEvent(DateTimeOffset At, string Username, long Occurrences, JsonElement Context);
