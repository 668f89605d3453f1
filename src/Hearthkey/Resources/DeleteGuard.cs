using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <summary>A reason of another area not to delete an object yet, beside those that the object's own area has.</summary>
/// <param name="Model">The model that is about to lose an object, such as <c>authentik_core.group</c>.</param>
/// <param name="WhyNotAsync">Asked for the key inside the unit of work; null lets it go, a sentence forbids it and says what to do first.</param>
public sealed record DeleteGuard(string Model, Func<Db, string, ValueTask<string?>> WhyNotAsync);
