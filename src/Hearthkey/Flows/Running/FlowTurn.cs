using Hearthkey.Storage;

namespace Hearthkey.Flows.Running;

/// <summary>What one turn writes: the row at its next version, or no row where the flow ends, and what the stage has to write.</summary>
/// <param name="Version">The version that was read; null where there is no row yet.</param>
/// <param name="Source">The address that begins a row.</param>
internal sealed record FlowTurn(string Key, long? Version, FlowState State, Func<Db, FlowState, ValueTask<FlowState>>? Write, bool Ends, string Source, DateTimeOffset Now)
{
    public async ValueTask<TurnEnd> WriteAsync(Db db)
    {
        // the row first: of two answers the second finds another version, before anything else is written
        if (Version is { } old && !await (Ends ? FlowStateRows.DeleteAsync(db, Key, old) : FlowStateRows.UpdateAsync(db, Key, State, old))) return TurnEnd.Overtaken;
        var changed = Write is null ? State : await Write(db, State);
        if (Ends) return new(changed, null);
        if (Version is not { } version)
        {
            return await FlowStateRows.InsertAsync(db, Key, changed, Source, Now) ? new(changed, 1) : TurnEnd.TooMany;
        }
        if (ReferenceEquals(changed, State)) return new(changed, version + 1);
        await FlowStateRows.UpdateAsync(db, Key, changed, version + 1);
        return new(changed, version + 2);
    }
}

/// <summary>How a turn ended.</summary>
/// <param name="State">The state as it stands now; null where nothing was written.</param>
/// <param name="Version">The row's version now; null where there is no row.</param>
internal sealed record TurnEnd(FlowState? State, long? Version, bool IsClosed = false, bool IsTooMany = false)
{
    public static readonly TurnEnd TooMany = new(null, null, IsTooMany: true);

    public static readonly TurnEnd Overtaken = new(null, null);

    public static readonly TurnEnd Closed = new(null, null, IsClosed: true);
}
