using ArchUnitNET.Loader;

namespace Hearthkey.Tests.Architecture;

/// <summary>Areas use only areas above them, and only their faces. Bodies of methods are read too.</summary>
public sealed class AreaRules
{
    private static readonly Lazy<List<Use>> _uses = new(ReadUses);

    [Fact]
    public void Every_area_is_on_the_map() =>
        typeof(HearthkeyServer).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Hearthkey.", StringComparison.Ordinal) == true)
            .Select(type => type.Namespace!.Split('.')[1])
            .Distinct()
            .Except(AreaMap.TopToBottom)
            .ShouldBeEmpty();

    [Fact]
    public void The_code_was_read() => _uses.Value.Count(use => use.User.Length > 0).ShouldBeGreaterThan(5);

    [Fact]
    public void Areas_use_only_areas_above_them() =>
        _uses.Value.Where(use => use.User.Length > 0 && use.Used.Length > 0 && AreaMap.LevelOf(use.Used[0]) > AreaMap.LevelOf(use.User[0]))
            .Select(use => use.Text).Distinct().ShouldBeEmpty();

    [Fact]
    public void Subfolders_of_an_area_are_private_to_it() =>
        _uses.Value.Where(use => use.Used.Length > 1 && (use.User.Length == 0 || use.User[0] != use.Used[0]))
            .Select(use => use.Text).Distinct().ShouldBeEmpty();

    [Fact]
    public void Only_the_command_line_uses_what_puts_the_areas_together() =>
        _uses.Value.Where(use => use.Used.Length == 0 && use.User.Length > 0 && use.User[0] != "Cli")
            .Select(use => use.Text).Distinct().ShouldBeEmpty();

    private static List<Use> ReadUses()
    {
        var code = new ArchLoader().LoadAssemblies(typeof(HearthkeyServer).Assembly).Build();
        var ours = code.Types.Where(type => type.FullName.StartsWith("Hearthkey.", StringComparison.Ordinal)).ToList();
        var names = ours.Select(type => type.FullName).ToHashSet();
        return [.. ours
            .SelectMany(user => user.Dependencies.Select(dependency => dependency.Target.FullName).Where(names.Contains).Distinct()
                .Select(used => new Use(AreaMap.Place(user.FullName), AreaMap.Place(used), $"{user.FullName} -> {used}")))];
    }

    private sealed record Use(string[] User, string[] Used, string Text);
}
