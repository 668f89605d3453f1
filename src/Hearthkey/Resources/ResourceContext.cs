using Hearthkey.Audit;
using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <summary>What every resource works with.</summary>
public sealed class ResourceContext(
    IStore store, AuditLog audit, TimeProvider time, IEnumerable<Reference> references, IEnumerable<DeleteGuard> guards)
{
    public IStore Store => store;

    public AuditLog Audit => audit;

    public TimeProvider Time => time;

    /// <summary>The present instant as the database keeps it, to the millisecond.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>A key for something new, by which rows stand in the order of their making.</summary>
    public Guid NewUuid() => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>References by the model that they point to.</summary>
    public ILookup<string, Reference> References { get; } = references.ToLookup(r => r.To);

    /// <summary>Guards by the model that they watch.</summary>
    public ILookup<string, DeleteGuard> Guards { get; } = guards.ToLookup(g => g.Model);
}
