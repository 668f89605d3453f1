using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Audit;
using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <summary>
/// A managed object, declared once: record in wire shape, validation, store. Every operation goes through here, so a rule is written once,
/// an error reads the same at every door, and every change leaves an event and a change row in its own transaction.
/// </summary>
/// <typeparam name="T">The record in wire shape; members that come from elsewhere are filled in by <see cref="CompleteAsync"/>.</typeparam>
public abstract class Resource<T>(ResourceContext context) : Resource where T : class
{
    /// <summary>How the record is written on the wire.</summary>
    public abstract JsonTypeInfo<T> Json { get; }

    protected ResourceContext Context => context;

    protected abstract Table<T> Table { get; }

    /// <summary>What rows are read from; more than the table where the resource is spread over several.</summary>
    protected virtual SqlText From => Table.Name;

    protected virtual IReadOnlyList<Filter> Filters => [];

    /// <summary>What lists may be ordered by; the first one is their order where none is asked for.</summary>
    protected abstract IReadOnlyList<Ordering> Orderings { get; }

    /// <summary>The condition of a search text, or null where there is nothing to search.</summary>
    protected virtual Sql? Search(string text) => null;

    /// <summary>The condition of one key as it stands in a path.</summary>
    protected abstract Sql Where(string key);

    /// <summary>The key as it stands in a path.</summary>
    public abstract string Key(T value);

    /// <summary>The name that a person knows it by.</summary>
    public abstract string Name(T value);

    /// <summary>The field that a duplicate is blamed on.</summary>
    protected virtual string UniqueField => "name";

    /// <summary>Reads the input over what is there, or over defaults on create.</summary>
    protected abstract T Bind(FieldReader input, T? before);

    /// <summary>Checks against the database: references, rules between rows; gives integer keys on create.</summary>
    protected virtual ValueTask<T> CheckAsync(Db db, T value, T? before, FieldErrors errors) => new(value);

    /// <summary>Writes what does not stand in the table itself, after the row.</summary>
    protected virtual ValueTask SavedAsync(Db db, T value, T? before) => ValueTask.CompletedTask;

    /// <summary>Before the row goes: false with a reason forbids it.</summary>
    protected virtual ValueTask<string?> MayDeleteAsync(Db db, T value) => new((string?)null);

    /// <summary>Fills in the members that come from elsewhere.</summary>
    protected virtual ValueTask<IReadOnlyList<T>> CompleteAsync(Db db, IReadOnlyList<T> rows, ListRequest request, Caller? caller) => new(rows);

    /// <summary>The rows that a caller may see; null means all. People who are no admins see nothing unless a resource says more.</summary>
    protected virtual Sql? VisibleTo(Caller caller)
    {
        if (caller.IsSuperuser) return null;
        return $"1 = 0";
    }

    /// <summary>The same for resources that must look further, at the snapshot or at what a list asks for; asked outside the unit of work.</summary>
    /// <param name="list">What a list asks for; null for a single object.</param>
    protected virtual ValueTask<Sql?> VisibleToAsync(Caller caller, ListRequest? list, CancellationToken ct) => new(VisibleTo(caller));

    /// <summary>Why this caller may not write, or null.</summary>
    protected virtual string? WhyNotWrite(Caller caller, T? before) =>
        caller.IsSuperuser ? null : "You do not have permission to perform this action.";

    /// <summary>Changing this needs a recent proof of who sits at the browser; see <see cref="StepUp"/>.</summary>
    /// <param name="before">Null on create.</param>
    /// <param name="after">Null on delete.</param>
    protected virtual bool NeedsStepUp(T? before, T? after) => false;

    /// <summary>Fills in or forbids what depends on who calls, such as the owner; null is the server itself.</summary>
    protected virtual T ByCaller(T value, T? before, Caller? caller, FieldErrors errors) => value;

    public override ResourceShape Describe()
    {
        var fields = new List<FieldShape>();
        if ((Operations & (Operations.Create | Operations.Update)) != 0)
            Bind(new FieldReader(_nothing, isPartial: false, new FieldErrors(), fields), null);
        return new(Json, [.. fields.DistinctBy(f => f.Name)], [.. Filters.Select(f => f.Name).Distinct()]);
    }

    public async Task<Outcome<ListPage<T>>> ListAsync(Caller caller, ListRequest request, CancellationToken ct)
    {
        if (!caller.IsSuperuser && !IsOpenToPeople) return Outcome<ListPage<T>>.Refused("You do not have permission to perform this action.");
        var errors = new FieldErrors();
        var conditions = Conditions(await VisibleToAsync(caller, request, ct), request, errors);
        if (errors.Any) return Outcome<ListPage<T>>.Wrong(errors);
        return await context.Store.ReadAsync(async db =>
        {
            var count = await db.OneAsync(new SqlBuilder().Append("select count(*) from ").Append(From).Append(conditions), r => r.Long());
            var offset = (request.Page - 1L) * request.PageSize;
            var select = Select().Append(conditions).Append(Order(request.Order)).Append($" limit {(long)request.PageSize} offset {offset}");
            var rows = offset >= count && request.Page > 1 ? [] : await db.ListAsync(select, Table.Read);
            if (request.Page > 1 && rows.Count == 0) return Outcome<ListPage<T>>.Missing;
            var complete = await CompleteAsync(db, rows, request, caller);
            return Outcome<ListPage<T>>.Done(new(complete, request.Page, request.PageSize, count));
        }, ct);
    }

    public async Task<Outcome<T>> GetAsync(Caller caller, string key, ListRequest request, CancellationToken ct)
    {
        var visible = await VisibleToAsync(caller, null, ct);
        return await context.Store.ReadAsync(async db =>
        {
            if (await FindAsync(db, visible, key) is not { } found) return Outcome<T>.Missing;
            return Outcome<T>.Done((await CompleteAsync(db, [found], request, caller))[0]);
        }, ct);
    }

    public async Task<Outcome<T>> CreateAsync(Caller caller, Actor actor, JsonElement input, CancellationToken ct)
    {
        if (WhyNotWrite(caller, null) is { } reason) return Outcome<T>.Refused(reason);
        return await SaveAsync(async db => await CreateAsync(db, actor, input, caller), ct);
    }

    /// <summary>Creates inside a unit of work of somebody else's: default sets, setup.</summary>
    public async ValueTask<Outcome<T>> CreateAsync(Db db, Actor actor, JsonElement input, Caller? caller = null)
    {
        var errors = new FieldErrors();
        var value = ByCaller(Bind(new FieldReader(input, isPartial: false, errors), null), null, caller, errors);
        if (!errors.Any) value = await CheckAsync(db, value, null, errors);
        if (errors.Any) return Outcome<T>.Wrong(errors);
        if (caller is not null && IsStepUpDue(caller, null, value)) return StepUp.Refuse<T>();
        await InsertAsync(db, value);
        await SavedAsync(db, value, null);
        await RecordAsync(db, EventActions.ModelCreated, actor, value);
        return Outcome<T>.Done((await CompleteAsync(db, [value], ListRequest.First(), caller))[0]);
    }

    public async Task<Outcome<T>> UpdateAsync(Caller caller, Actor actor, string key, JsonElement input, bool isPartial, CancellationToken ct)
    {
        var visible = await VisibleToAsync(caller, null, ct);
        return await SaveAsync(async db =>
        {
            if (await FindAsync(db, visible, key) is not { } before) return Outcome<T>.Missing;
            before = await LoadAsync(db, before);
            if (WhyNotWrite(caller, before) is { } reason) return Outcome<T>.Refused(reason);
            var errors = new FieldErrors();
            var value = ByCaller(Bind(new FieldReader(input, isPartial, errors), before), before, caller, errors);
            if (!errors.Any) value = await CheckAsync(db, value, before, errors);
            if (errors.Any) return Outcome<T>.Wrong(errors);
            if (IsStepUpDue(caller, before, value)) return StepUp.Refuse<T>();
            await UpdateAsync(db, key, value);
            await SavedAsync(db, value, before);
            await RecordAsync(db, EventActions.ModelUpdated, actor, value, input.EnumerateObject().Select(p => p.Name));
            return Outcome<T>.Done((await CompleteAsync(db, [value], ListRequest.First(), caller))[0]);
        }, ct);
    }

    /// <summary>Changes some fields inside a unit of work of somebody else's, by the server's own right: setup, default sets.</summary>
    public async ValueTask<Outcome<T>> UpdateAsync(Db db, Actor actor, string key, JsonElement input)
    {
        if (await FindAsync(db, Where(key)) is not { } row) return Outcome<T>.Missing;
        var before = await LoadAsync(db, row);
        var errors = new FieldErrors();
        var value = Bind(new FieldReader(input, isPartial: true, errors), before);
        if (!errors.Any) value = await CheckAsync(db, value, before, errors);
        if (errors.Any) return Outcome<T>.Wrong(errors);
        await UpdateAsync(db, key, value);
        await SavedAsync(db, value, before);
        await RecordAsync(db, EventActions.ModelUpdated, actor, value, input.EnumerateObject().Select(p => p.Name));
        return Outcome<T>.Done(value);
    }

    public async Task<Outcome<T>> DeleteAsync(Caller caller, Actor actor, string key, CancellationToken ct)
    {
        var visible = await VisibleToAsync(caller, null, ct);
        return await SaveAsync(async db =>
        {
            if (await FindAsync(db, visible, key) is not { } value) return Outcome<T>.Missing;
            value = await LoadAsync(db, value);
            if (WhyNotWrite(caller, value) is { } reason) return Outcome<T>.Refused(reason);
            if (IsStepUpDue(caller, value, null)) return StepUp.Refuse<T>();
            var holders = (await UsedByAsync(db, value)).Where(u => u.Action == "protect").Select(u => $"{u.ModelName} “{u.Name}”").ToList();
            if (holders.Count > 0)
                return Outcome<T>.Wrong(FieldErrors.General, $"“{Name(value)}” is still needed by {string.Join(", ", holders)}. Change that first.");
            if (await WhyNotDeleteAsync(db, value) is { } why) return Outcome<T>.Wrong(FieldErrors.General, why);
            await DeleteAsync(db, key, value);
            await RecordAsync(db, EventActions.ModelDeleted, actor, value);
            return Outcome<T>.Done(value);
        }, ct);
    }

    public async Task<Outcome<IReadOnlyList<UsedBy>>> UsedByAsync(Caller caller, string key, CancellationToken ct)
    {
        var visible = await VisibleToAsync(caller, null, ct);
        return await context.Store.ReadAsync(async db =>
        {
            if (await FindAsync(db, visible, key) is not { } value) return Outcome<IReadOnlyList<UsedBy>>.Missing;
            return Outcome<IReadOnlyList<UsedBy>>.Done(await UsedByAsync(db, value));
        }, ct);
    }

    private async ValueTask<string?> WhyNotDeleteAsync(Db db, T value)
    {
        if (await MayDeleteAsync(db, value) is { } own) return own;
        foreach (var guard in context.Guards[Model])
            if (await guard.WhyNotAsync(db, ReferenceKey(value)) is { } other) return other;
        return null;
    }

    /// <summary>The value with what <see cref="Bind"/> must know of it beside its row, such as the members of lists.</summary>
    protected virtual ValueTask<T> LoadAsync(Db db, T row) => new(row);

    protected virtual async ValueTask InsertAsync(Db db, T value) =>
        await db.ExecAsync(new SqlBuilder().Append("insert into ").Append(Table.Name).Append(" (").Append(Table.Columns).Append(") values (")
            .Append(Table.Values(value)).Append(")"));

    protected virtual async ValueTask UpdateAsync(Db db, string key, T value) =>
        await db.ExecAsync(new SqlBuilder().Append("update ").Append(Table.Name).Append(" set (").Append(Table.Columns).Append(") = (")
            .Append(Table.Values(value)).Append(") where ").Append(Where(key)));

    protected virtual async ValueTask DeleteAsync(Db db, string key, T value) =>
        await db.ExecAsync(new SqlBuilder().Append("delete from ").Append(Table.Name).Append(" where ").Append(Where(key)));

    /// <summary>The key by which others refer to it; the path's key unless a resource says otherwise.</summary>
    protected virtual string ReferenceKey(T value) => Key(value);

    /// <summary>One row by a condition of this resource's own.</summary>
    protected ValueTask<T?> FindAsync(Db db, Sql condition) => db.OneAsync(Select().Append(" where ").Append(condition), Table.Read);

    /// <summary>One row by its key, if it is among those that the caller may see (<see cref="VisibleTo"/>; null is all).</summary>
    protected ValueTask<T?> FindAsync(Db db, Sql? visible, string key)
    {
        var condition = new SqlBuilder().Append(Where(key));
        if (visible is not null) condition.Append(" and (").Append(visible).Append(")");
        return FindAsync(db, condition);
    }

    private SqlBuilder Select() => new SqlBuilder().Append("select ").Append(Table.Columns).Append(" from ").Append(From);

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

    private SqlBuilder Order(string name)
    {
        var descending = name.StartsWith('-');
        var order = Orderings.FirstOrDefault(o => o.Name == name.TrimStart('-')) ?? Orderings[0];
        return new SqlBuilder().Append(" order by ").Append(order.Column).Append(descending ? _descending : SqlText.Empty);
    }

    private static readonly JsonElement _nothing = JsonDocument.Parse("{}").RootElement;

    private static readonly SqlText _descending = SqlText.Constant(" desc"), _and = SqlText.Constant(") and ("), _or = SqlText.Constant(") or (");

    private async ValueTask<List<UsedBy>> UsedByAsync(Db db, T value)
    {
        var list = new List<UsedBy>();
        foreach (var reference in context.References[Model])
        {
            var model = reference.From.Split('.');
            list.AddRange(await db.ListAsync(reference.Find(ReferenceKey(value)),
                r => new UsedBy(model[0], model[1], r.Text(), r.Text(), ActionName(reference.Action))));
        }
        return list;
    }

    private static string ActionName(ReferenceAction action) => action switch
    {
        ReferenceAction.Cascade => "cascade",
        ReferenceAction.CascadeMany => "cascade_many",
        ReferenceAction.SetNull => "set_null",
        _ => "protect",
    };

    /// <summary>Leaves an event and a change row of something that was done to this object.</summary>
    /// <param name="fields">Names of the fields that were sent; their values could be secret.</param>
    protected async ValueTask RecordAsync(Db db, string action, Actor actor, T value, IEnumerable<string>? fields = null)
    {
        var model = Model.Split('.');
        var about = new JsonObject { ["app"] = model[0], ["model_name"] = model[1], ["pk"] = Key(value), ["name"] = Name(value) };
        var event_ = new JsonObject { ["model"] = about };
        if (fields is not null) event_["fields"] = new JsonArray([.. fields.Select(f => (JsonNode)f)]);
        await context.Audit.AppendAsync(db, action, model[0].Replace('_', '.'), actor, event_);
        await db.ChangedAsync(Model, ReferenceKey(value));
    }

    protected bool IsStepUpDue(Caller caller, T? before, T? after) => NeedsStepUp(before, after) && StepUp.IsDue(caller, context.Time.GetUtcNow());

    /// <summary>Runs a unit of work that writes; a broken rule of the database becomes an error that a person can read.</summary>
    protected async Task<Outcome<T>> SaveAsync(Func<Db, ValueTask<Outcome<T>>> work, CancellationToken ct)
    {
        try
        {
            return await context.Store.WriteAsync(work, ct);
        }
        catch (DbException e) when (e.IsUnique())
        {
            return Outcome<T>.Wrong(UniqueField, $"{VerboseName} with this {UniqueField.Replace('_', ' ')} already exists.");
        }
        catch (DbException e) when (e.IsForeignKey())
        {
            return Outcome<T>.Wrong(FieldErrors.General, "Something that this refers to is gone, or something still refers to it. Reload and try again.");
        }
    }
}
