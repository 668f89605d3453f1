using System.Globalization;
using Hearthkey.Policies;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The bindings of something that may be opened, as a section of its page.</summary>
public static class BindingRows
{
    public static Html Show(BoundThing thing, IReadOnlyList<PolicyBinding> bindings) => $"""
        <section class="section" id="bindings"><div class="section-head"><h2>{AdminStrings.Bindings}</h2><p>{Texts.Format(AdminStrings.BindingsHelp, thing.Everyone)}</p></div>
          <div class="card list">{(bindings.Any(b => b.Enabled) ? null : Everyone(thing))}{(bindings.Count == 0 ? null : Table(thing.Bindings, bindings))}
            <div class="card-foot">{Pieces.LinkButton(thing.Bindings + "new/", AdminStrings.AddBinding, Icon.Plus)}</div></div></section>
        """;

    /// <summary>The bindings of these targets, in their order.</summary>
    public static async ValueTask<List<PolicyBinding>> OfAsync(Visit visit, PolicyBindings bindings, params IReadOnlyCollection<Guid> targets) =>
        targets.Count == 0 ? [] : await Offers.AllAsync(visit, bindings, "order", [new("target_in", string.Join(',', targets))]);

    /// <summary>Whom bindings let in, in a few words.</summary>
    /// <param name="everyone">Said where none of them counts.</param>
    public static string Who(IReadOnlyList<PolicyBinding> bindings, string everyone)
    {
        var names = bindings.Where(b => b.Enabled).Select(b => b.Negate ? Texts.Format(AdminStrings.NotThese, NameOf(b)) : NameOf(b)).ToList();
        return names.Count == 0 ? everyone : string.Join(", ", names);
    }

    /// <summary>What a binding is about, as people know it.</summary>
    public static string NameOf(PolicyBinding binding) => binding.GroupObj is { } group
        ? Texts.Format(AdminStrings.GroupNamed, group.Name)
        : Texts.Format(AdminStrings.UserNamed, binding.UserObj?.Username ?? "–");

    private static Html Everyone(BoundThing thing) => $"""<p class="quiet">{Texts.Format(AdminStrings.NoBindings, thing.Everyone)}</p>""";

    private static Html Table(string path, IReadOnlyList<PolicyBinding> bindings) => $"""
        <div class="scroll" tabindex="0" role="region" aria-label="{AdminStrings.Bindings}"><table>
          <thead><tr>{Tables.Header(AdminStrings.BoundTo)}{Tables.Header(AdminStrings.Order)}{Tables.Header(AdminStrings.Negate)}{Tables.Header(AdminStrings.Enabled)}{Tables.ActionsHeader()}</tr></thead>
          <tbody>{Html.Join(bindings, binding => Row(path, binding))}</tbody></table></div>
        """;

    private static Html Row(string path, PolicyBinding binding)
    {
        var (href, name) = ($"{path}{binding.Pk}/", NameOf(binding));
        var enabled = binding.Enabled ? Feedback.Badge(AdminStrings.Yes, Tone.Good) : Feedback.Badge(AdminStrings.No);
        return $"""
            <tr>{Tables.NameCell(href, name)}{Tables.Cell(AdminStrings.Order, binding.Order.ToString(CultureInfo.CurrentCulture))}{Tables.Cell(AdminStrings.Negate, binding.Negate ? AdminStrings.Yes : AdminStrings.No)}{Tables.Cell(AdminStrings.Enabled, enabled)}{Tables.ActionsCell(Tables.EditButton(href, name), Tables.DeleteButton(href + "delete/", name))}</tr>
            """;
    }
}
