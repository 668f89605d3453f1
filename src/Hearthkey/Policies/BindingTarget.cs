using Hearthkey.Storage;

namespace Hearthkey.Policies;

/// <summary>A kind of thing that bindings decide about. The area that owns it registers one by <see cref="PoliciesArea.AddBindingTarget"/> and asks <see cref="Bindings.Decide"/> before it lets somebody in.</summary>
/// <param name="NameAsync">The name of the one with this <c>pbm_uuid</c>, or null where it is none of this kind.</param>
public sealed record BindingTarget(Func<Db, Guid, ValueTask<string?>> NameAsync);
