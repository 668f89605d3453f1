using System.Globalization;
using Hearthkey.Applications;
using Hearthkey.Policies;
using Hearthkey.Ui;

namespace Hearthkey.Admin.Pages;

/// <summary>The bindings of an application, as a section of its page.</summary>
public static class BindingRows
{
    public static Html Show(Application application, IReadOnlyList<PolicyBinding> bindings)
    {
        var path = $"{AdminPaths.Applications}{application.Slug}/bindings/";
        return $"""
            <section class="section" id="bindings"><div class="section-head"><h2>{AdminStrings.Bindings}</h2><p>{AdminStrings.BindingsHelp}</p></div>
              <div class="card list">{(bindings.Any(b => b.Enabled) ? null : Everyone())}{(bindings.Count == 0 ? null : Table(path, bindings))}
                <div class="card-foot">{Pieces.LinkButton(path + "new/", AdminStrings.AddBinding, Icon.Plus)}</div></div></section>
            """;
    }

    /// <summary>What a binding is about, as people know it.</summary>
    public static string NameOf(PolicyBinding binding) => binding.GroupObj is { } group
        ? Texts.Format(AdminStrings.GroupNamed, group.Name)
        : Texts.Format(AdminStrings.UserNamed, binding.UserObj?.Username ?? "–");

    private static Html Everyone() => $"""<p class="quiet">{AdminStrings.NoBindings}</p>""";

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
