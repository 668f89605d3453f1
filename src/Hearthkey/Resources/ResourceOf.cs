using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Hearthkey.Audit;
using Hearthkey.Storage;

namespace Hearthkey.Resources;

/// <summary>
/// A managed object, declared once: record in wire shape, validation, store. Every operation goes through here, so a rule is written once,
/// an error reads the same at every door, and every change leaves an event and a change row in its own transaction. This part is what a resource
/// declares; what is done with it stands in the parts for reading and writing.
/// </summary>
/// <typeparam name="T">The record in wire shape; members that come from elsewhere are filled in by <see cref="CompleteAsync"/>.</typeparam>
public abstract partial class Resource<T>(ResourceContext context) : Resource where T : class
{
    /// <summary>How the record is written on the wire.</summary>
    public abstract JsonTypeInfo<T> Json { get; }

    protected ResourceContext Context => context;

    protected abstract Table<T> Table { get; }

    /// <summary>What rows are read from; more than the table where the resource is spread over several.</summary>
    protected virtual SqlText From => Table.Name;

    protected virtual IReadOnlyList<Filter> Filters => [];

    /// <summary>Query arguments that choose what of an object is shown, or whose view of a list; read from the <see cref="ListRequest"/>.</summary>
    protected virtual IReadOnlyList<string> Switches => [];

    /// <summary>What lists may be ordered by; the first one is their order where none is asked for.</summary>
    protected abstract IReadOnlyList<Ordering> Orderings { get; }

    /// <summary>The columns that a search looks into.</summary>
    protected virtual IReadOnlyList<SqlText> Searched => [];

    /// <summary>The condition of a search text, or null where there is nothing to search: the text stands in one of <see cref="Searched"/>.</summary>
    protected virtual Sql? Search(string text)
    {
        if (Searched.Count == 0) return null;
        var condition = new SqlBuilder().Append("1 = 0");
        foreach (var column in Searched) condition.Append($@" or lower({column}) like {Filter.Contains(text)} escape '\'");
        return condition;
    }

    /// <summary>The condition of one key as it stands in a path.</summary>
    protected abstract Sql Where(string key);

    /// <summary>The key as it stands in a path.</summary>
    public abstract string Key(T value);

    /// <summary>A key of a path as a uuid; one that is none names no row.</summary>
    protected static Guid UuidKey(string key) => Guid.TryParse(key, out var uuid) ? uuid : Guid.Empty;

    /// <summary>A key of a path as a number; one that is none names no row.</summary>
    protected static long NumberKey(string key) => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

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

    /// <summary>The value with what <see cref="Bind"/> must know of it beside its row, such as the members of lists.</summary>
    protected virtual ValueTask<T> LoadAsync(Db db, T row) => new(row);

    /// <summary>Before the row goes: a reason forbids it.</summary>
    protected virtual ValueTask<string?> WhyNotDeleteAsync(Db db, T value) => new((string?)null);

    /// <summary>Adds to the event of a change what it means beyond the object itself.</summary>
    /// <param name="before">Null on create.</param>
    /// <param name="after">Null on delete.</param>
    protected virtual ValueTask TellAsync(Db db, T? before, T? after, JsonObject told) => ValueTask.CompletedTask;

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
        caller.IsSuperuser ? null : NotAllowed;

    /// <summary>Changing this needs a recent proof of who sits at the browser; see <see cref="StepUp"/>.</summary>
    /// <param name="before">Null on create.</param>
    /// <param name="after">Null on delete.</param>
    protected virtual bool NeedsStepUp(T? before, T? after) => false;

    /// <summary>Told before values are shown to a caller: where they hold secrets, an event says who saw them.</summary>
    public virtual ValueTask ShownAsync(Caller caller, Actor actor, IReadOnlyList<T> values, CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Fills in or forbids what depends on who calls, such as the owner; null is the server itself.</summary>
    protected virtual T ByCaller(T value, T? before, Caller? caller, FieldErrors errors) => value;

    /// <summary>The key by which others refer to it; the path's key unless a resource says otherwise.</summary>
    protected virtual string ReferenceKey(T value) => Key(value);

    public override ResourceShape Describe()
    {
        var fields = new List<FieldShape>();
        if ((Operations & (Operations.Create | Operations.Update)) != 0)
            Bind(new FieldReader(JsonElement.Parse("{}"), isPartial: false, new FieldErrors(), fields), null);
        return new(Json, [.. fields.DistinctBy(f => f.Name)], [.. Filters.Select(f => f.Name).Distinct()], Switches);
    }
}
