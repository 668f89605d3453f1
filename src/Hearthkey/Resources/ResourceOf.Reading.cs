using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <content>Lists, single objects, and what refers to one.</content>
public abstract partial class Resource<T>
{
    private static readonly SqlText _descending = SqlText.Constant(" desc"), _and = SqlText.Constant(") and ("), _or = SqlText.Constant(") or (");

    public async Task<Outcome<ListPage<T>>> ListAsync(Caller caller, ListRequest request, CancellationToken ct)
    {
        if (!caller.IsSuperuser && !IsOpenToPeople) return Outcome<ListPage<T>>.Refused(NotAllowed);
        var errors = new FieldErrors();
        var conditions = Conditions(await VisibleToAsync(caller, request, ct), request, errors);
        if (errors.Any) return Outcome<ListPage<T>>.Wrong(errors);
        return await context.Store.ReadAsync(async db =>
        {
            var count = await db.OneAsync(new SqlBuilder().Append("select count(*) from ").Append(From).Append(conditions), r => r.Long());
            var offset = (request.Page - 1L) * request.PageSize;
            if (offset >= count && request.Page > 1) return Outcome<ListPage<T>>.Missing;
            var select = Select().Append(conditions).Append(Order(request.Order)).Append($" limit {(long)request.PageSize} offset {offset}");
            var complete = await CompleteAsync(db, await db.ListAsync(select, Table.Read), request, caller);
            return Outcome<ListPage<T>>.Done(new(complete, request.Page, request.PageSize, count));
        }, ct);
    }

    public async Task<Outcome<T>> GetAsync(Caller caller, string key, ListRequest request, CancellationToken ct)
    {
        var visible = await VisibleToAsync(caller, null, ct);
        return await context.Store.ReadAsync(async db => await FindAsync(db, visible, key) is { } found
            ? Outcome<T>.Done((await CompleteAsync(db, [found], request, caller))[0])
            : Outcome<T>.Missing, ct);
    }

    public async Task<Outcome<IReadOnlyList<UsedBy>>> UsedByAsync(Caller caller, string key, CancellationToken ct)
    {
        var visible = await VisibleToAsync(caller, null, ct);
        return await context.Store.ReadAsync(async db => await FindAsync(db, visible, key) is { } value
            ? Outcome<IReadOnlyList<UsedBy>>.Done(await UsedByAsync(db, value))
            : Outcome<IReadOnlyList<UsedBy>>.Missing, ct);
    }

    /// <summary>One row by a condition of this resource's own.</summary>
    protected ValueTask<T?> FindAsync(Db db, Sql condition) => db.OneAsync(Select().Append(" where ").Append(condition), Table.Read);

    /// <summary>One row by its key, if it is among those that the caller may see (<see cref="VisibleTo"/>; null is all).</summary>
    protected ValueTask<T?> FindAsync(Db db, Sql? visible, string key)
    {
        var condition = new SqlBuilder().Append(Where(key));
        if (visible is not null) condition.Append(" and (").Append(visible).Append(")");
        return FindAsync(db, condition);
    }

    /// <summary>What the rows of a list must meet: visibility, search, filters; begins with <c>where</c>.</summary>
    protected SqlBuilder Conditions(Sql? visible, ListRequest request, FieldErrors errors)
    {
        var conditions = new SqlBuilder().Append(" where 1 = 1");
        if (visible is not null) conditions.Append(" and (").Append(visible).Append(")");
        if (request.Search.Length > 0 && Search(request.Search) is { } search) conditions.Append(" and (").Append(search).Append(")");
        foreach (var filter in Filters)
        {
            var values = request.Arguments.Where(a => a.Key == filter.Name && a.Value.Length > 0).Select(a => filter.Condition(a.Value)).ToList();
            if (values.Contains(null)) errors.Add(filter.Name, "Enter a valid value.");
            var next = SqlText.Constant(" and ((");
            foreach (var value in values.OfType<Sql>())
            {
                conditions.Append(next).Append(value);
                next = filter.IsAnyOf ? _or : _and;
            }
            if (values.Count > 0) conditions.Append("))");
        }
        return conditions;
    }

    private SqlBuilder Select() => new SqlBuilder().Append("select ").Append(Table.Columns).Append(" from ").Append(From);

    // the key, which is the first column, breaks ties: or a page could lose a row to the next one, or repeat it
    private SqlBuilder Order(string name)
    {
        var direction = name.StartsWith('-') ? _descending : SqlText.Empty;
        var order = Orderings.FirstOrDefault(o => o.Name == name.TrimStart('-')) ?? Orderings[0];
        return new SqlBuilder().Append(" order by ").Append(order.Column).Append(direction).Append(", 1").Append(direction);
    }

    private async ValueTask<List<UsedBy>> UsedByAsync(Db db, T value)
    {
        var list = new List<UsedBy>();
        foreach (var reference in context.References[Model])
        {
            var model = reference.From.Split('.');
            list.AddRange(await db.ListAsync(reference.Find(ReferenceKey(value)),
                r => new UsedBy(model[0], model[1], r.Text(), r.Text(), reference.ActionName) { IsProtecting = reference.IsProtecting }));
        }
        return list;
    }
}
