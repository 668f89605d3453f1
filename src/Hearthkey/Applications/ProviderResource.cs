using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Applications;

/// <summary>The resource of one kind of provider. A provider stands in two tables, the shared one and its kind's; the kind adds its own fields.</summary>
public abstract class ProviderResource<T>(ResourceContext context, ProviderKind kind) : Resource<T>(context) where T : Provider, new()
{
    public sealed override string Model => kind.Model;

    public sealed override string KeyName => "id";

    protected sealed override Sql Where(string key) => $"p.pk = {NumberKey(key)}";

    public sealed override string Key(T value) => ProviderRows.Key(value.Pk);

    public sealed override string Name(T value) => value.Name;

    protected sealed override T Bind(FieldReader input, T? before)
    {
        var now = before ?? New();
        return BindOwn(input, ProviderRows.Bind(input, now), now);
    }

    protected sealed override async ValueTask<T> LoadAsync(Db db, T row) => (await ProviderRows.WithMappingsAsync(db, [row]))[0];

    protected sealed override async ValueTask<T> CheckAsync(Db db, T value, T? before, FieldErrors errors)
    {
        await ProviderRows.CheckAsync(db, value, errors);
        value = await CheckOwnAsync(db, value, before, errors);
        return before is null && !errors.Any ? value with { Pk = await ProviderRows.NextPkAsync(db) } : value;
    }

    protected sealed override async ValueTask InsertAsync(Db db, T value)
    {
        await ProviderRows.InsertAsync(db, value, kind.Model);
        await InsertOwnAsync(db, value);
    }

    protected sealed override async ValueTask UpdateAsync(Db db, string key, T value)
    {
        await ProviderRows.UpdateAsync(db, value);
        await UpdateOwnAsync(db, value);
    }

    protected sealed override ValueTask DeleteAsync(Db db, string key, T value) => ProviderRows.DeleteAsync(db, value.Pk, kind);

    protected sealed override async ValueTask<IReadOnlyList<T>> CompleteAsync(Db db, IReadOnlyList<T> rows, ListRequest request, Caller? caller) =>
        await CompleteOwnAsync(db, await ProviderRows.CompleteAsync(db, rows, _ => kind), caller);

    /// <summary>A provider of the kind as defaults make one, with the secrets that are made here.</summary>
    protected abstract T New();

    /// <summary>Reads the kind's own fields.</summary>
    /// <param name="value">With the shared fields read.</param>
    /// <param name="now">What is there, or the defaults.</param>
    protected abstract T BindOwn(FieldReader input, T value, T now);

    /// <summary>Checks the kind's own fields against the database.</summary>
    protected abstract ValueTask<T> CheckOwnAsync(Db db, T value, T? before, FieldErrors errors);

    protected abstract ValueTask InsertOwnAsync(Db db, T value);

    protected abstract ValueTask UpdateOwnAsync(Db db, T value);

    /// <summary>Fills in members of the kind that come from elsewhere, and leaves out what this caller may not see.</summary>
    protected virtual ValueTask<IReadOnlyList<T>> CompleteOwnAsync(Db db, IReadOnlyList<T> rows, Caller? caller) => new(rows);
}
