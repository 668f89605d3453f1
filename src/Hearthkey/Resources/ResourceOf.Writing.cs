using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <content>Create, update, delete: input over what is there, checks, row, event and change row in one unit of work.</content>
public abstract partial class Resource<T>
{
    /// <summary>Said to everybody who may not, as the API says it.</summary>
    private const string NotAllowed = "You do not have permission to perform this action.";

    public async Task<Outcome<T>> CreateAsync(Caller caller, Actor actor, JsonElement input, CancellationToken ct) =>
        WhyNotWrite(caller, null) is { } reason ? Outcome<T>.Refused(reason) : await SaveAsync(db => CreateAsync(db, actor, input, caller), ct);

    /// <summary>Creates inside a unit of work of somebody else's: default sets, setup.</summary>
    public async ValueTask<Outcome<T>> CreateAsync(Db db, Actor actor, JsonElement input, Caller? caller = null)
    {
        var errors = new FieldErrors();
        var value = await ReadAsync(db, new FieldReader(input, isPartial: false, errors), null, caller);
        if (errors.Any) return Outcome<T>.Wrong(errors);
        if (caller is not null && IsStepUpDue(caller, null, value)) return StepUp.Refuse<T>();
        await InsertAsync(db, value);
        await SavedAsync(db, value, null);
        await RecordAsync(db, EventActions.ModelCreated, actor, null, value);
        return Outcome<T>.Done((await CompleteAsync(db, [value], ListRequest.First(), caller))[0]);
    }

    public async Task<Outcome<T>> UpdateAsync(Caller caller, Actor actor, string key, JsonElement input, bool isPartial, CancellationToken ct)
    {
        var visible = await VisibleToAsync(caller, null, ct);
        return await SaveAsync(async db => await UpdateAsync(db, actor, key, await FindAsync(db, visible, key), input, isPartial, caller), ct);
    }

    /// <summary>Changes some fields inside a unit of work of somebody else's, by the server's own right: setup, default sets.</summary>
    public async ValueTask<Outcome<T>> UpdateAsync(Db db, Actor actor, string key, JsonElement input) =>
        await UpdateAsync(db, actor, key, await FindAsync(db, Where(key)), input, isPartial: true, null);

    public async Task<Outcome<T>> DeleteAsync(Caller caller, Actor actor, string key, CancellationToken ct)
    {
        var visible = await VisibleToAsync(caller, null, ct);
        return await SaveAsync(async db =>
        {
            if (await FindAsync(db, visible, key) is not { } row) return Outcome<T>.Missing;
            var value = await LoadAsync(db, row);
            if (WhyNotWrite(caller, value) is { } reason) return Outcome<T>.Refused(reason);
            if (IsStepUpDue(caller, value, null)) return StepUp.Refuse<T>();
            if (await WhyKeepAsync(db, value) is { } why) return Outcome<T>.Wrong(FieldErrors.General, why);
            await DeleteAsync(db, key, value);
            await RecordAsync(db, EventActions.ModelDeleted, actor, value, null);
            return Outcome<T>.Done(value);
        }, ct);
    }

    protected virtual async ValueTask InsertAsync(Db db, T value) =>
        await db.ExecAsync(new SqlBuilder().Append("insert into ").Append(Table.Name).Append(" (").Append(Table.Columns).Append(") values (")
            .Append(Table.Values(value)).Append(")"));

    protected virtual async ValueTask UpdateAsync(Db db, string key, T value) =>
        await db.ExecAsync(new SqlBuilder().Append("update ").Append(Table.Name).Append(" set (").Append(Table.Columns).Append(") = (")
            .Append(Table.Values(value)).Append(") where ").Append(Where(key)));

    protected virtual async ValueTask DeleteAsync(Db db, string key, T value) =>
        await db.ExecAsync(new SqlBuilder().Append("delete from ").Append(Table.Name).Append(" where ").Append(Where(key)));

    protected bool IsStepUpDue(Caller caller, T? before, T? after) => NeedsStepUp(before, after) && StepUp.IsDue(caller, context.Time.GetUtcNow());

    /// <summary>Leaves an event and a change row of something that was done to this object.</summary>
    /// <param name="before">Null on create.</param>
    /// <param name="after">Null on delete.</param>
    /// <param name="fields">Names of the fields that were sent; their values could be secret.</param>
    protected async ValueTask RecordAsync(Db db, string action, Actor actor, T? before, T? after, IEnumerable<string>? fields = null)
    {
        var value = after ?? before ?? throw new ArgumentNullException(nameof(after));
        var model = Model.Split('.');
        var about = new JsonObject { ["app"] = model[0], ["model_name"] = model[1], ["pk"] = Key(value), ["name"] = Name(value) };
        var told = new JsonObject { ["model"] = about };
        if (fields is not null) told["fields"] = new JsonArray([.. fields.Select(f => (JsonNode)f)]);
        await TellAsync(db, before, after, told);
        await context.Audit.AppendAsync(db, action, model[0].Replace('_', '.'), actor, told);
        await db.ChangedAsync(Model, ReferenceKey(value));
    }

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

    private async ValueTask<Outcome<T>> UpdateAsync(Db db, Actor actor, string key, T? row, JsonElement input, bool isPartial, Caller? caller)
    {
        if (row is null) return Outcome<T>.Missing;
        var before = await LoadAsync(db, row);
        if (caller is not null && WhyNotWrite(caller, before) is { } reason) return Outcome<T>.Refused(reason);
        var errors = new FieldErrors();
        var value = await ReadAsync(db, new FieldReader(input, isPartial, errors), before, caller);
        if (errors.Any) return Outcome<T>.Wrong(errors);
        if (caller is not null && IsStepUpDue(caller, before, value)) return StepUp.Refuse<T>();
        await UpdateAsync(db, key, value);
        await SavedAsync(db, value, before);
        await RecordAsync(db, EventActions.ModelUpdated, actor, before, value, input.EnumerateObject().Select(p => p.Name));
        return Outcome<T>.Done((await CompleteAsync(db, [value], ListRequest.First(), caller))[0]);
    }

    private async ValueTask<T> ReadAsync(Db db, FieldReader input, T? before, Caller? caller)
    {
        var value = ByCaller(Bind(input, before), before, caller, input.Errors);
        return input.Errors.Any ? value : await CheckAsync(db, value, before, input.Errors);
    }

    private async ValueTask<string?> WhyKeepAsync(Db db, T value)
    {
        var holders = (await UsedByAsync(db, value)).Where(u => u.IsProtecting).Select(u => $"“{u.Name}”").ToList();
        if (holders.Count > 0) return $"“{Name(value)}” is still needed by {string.Join(", ", holders)}. Change that first.";
        if (await WhyNotDeleteAsync(db, value) is { } own) return own;
        foreach (var guard in context.Guards[Model])
            if (await guard.WhyNotAsync(db, ReferenceKey(value)) is { } other) return other;
        return null;
    }
}
