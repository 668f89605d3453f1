using Hearthkey.Storage;
using Hearthkey.Ui;

namespace Hearthkey.Flows;

/// <summary>
/// A door before a flow that not everybody may enter, such as initial setup: it looks at the request before anything is asked, fills in the state,
/// and has the last word in the unit of work that ends the flow.
/// </summary>
/// <param name="Slug">The flow.</param>
/// <param name="EnterAsync">Looked at whenever a person comes without a state: the state to begin with, or the page that is shown instead.</param>
/// <param name="MayGoOnAsync">Looked at in each unit of work that goes on; false ends the flow as expired.</param>
/// <param name="FinishAsync">Writes in the unit that ends the flow.</param>
/// <param name="Aside">Shown above and below the fields of every stage.</param>
public sealed record FlowEntry(
    string Slug,
    Func<HttpContext, FlowState, ValueTask<(FlowState? State, IResult? Page)>> EnterAsync,
    Func<Db, FlowState, ValueTask<bool>> MayGoOnAsync,
    Func<Db, FlowState, ValueTask> FinishAsync,
    Func<HttpContext, (Html? Above, Html? Below)> Aside);
