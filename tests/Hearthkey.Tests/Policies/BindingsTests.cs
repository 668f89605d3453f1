using System.Text.Json;
using Hearthkey.Directory;
using Hearthkey.Policies;

namespace Hearthkey.Tests.Policies;

public sealed class BindingsTests
{
    private static readonly Guid _target = Guid.CreateVersion7();
    private static readonly JsonElement _nothing = JsonElement.Parse("{}");
    private static readonly GroupNode _family = Group("Family");
    private static readonly GroupNode _guests = Group("Guests");
    private static readonly Account _mara = Person(7, _family);

    [Theory]
    [InlineData("any")]
    [InlineData("all")]
    public void Everyone_passes_where_nothing_is_bound(string mode) => new Bindings([]).Decide(_target, mode, _mara).IsAllowed.ShouldBeTrue();

    [Fact]
    public void A_group_lets_its_members_in_and_nobody_else()
    {
        var bindings = new Bindings([Bind(_family)]);

        bindings.Decide(_target, "any", _mara).ShouldSatisfyAllConditions(
            d => d.IsAllowed.ShouldBeTrue(),
            d => d.Reason.ShouldBe("the binding of group “Family” lets in user7."),
            d => d.DecidedBy!.Group.ShouldBe(_family.Uuid));
        var denied = bindings.Decide(_target, "any", Person(8, _guests));
        denied.IsAllowed.ShouldBeFalse();
        denied.Reason.ShouldBe("the binding of group “Family” does not let in user8.");
        denied.DecidedBy.ShouldNotBeNull();
    }

    [Fact]
    public void A_person_is_bound_by_their_key()
    {
        var bindings = new Bindings([new PolicyBinding { Pk = Guid.CreateVersion7(), Target = _target, User = 7 }]);

        bindings.Decide(_target, "any", _mara).IsAllowed.ShouldBeTrue();
        bindings.Decide(_target, "any", Person(8)).IsAllowed.ShouldBeFalse();
    }

    [Fact]
    public void One_binding_that_passes_is_enough_in_any_mode() =>
        new Bindings([Bind(_guests), Bind(_family, order: 1)]).Decide(_target, "any", _mara).IsAllowed.ShouldBeTrue();

    [Fact]
    public void Every_binding_must_pass_in_all_mode()
    {
        var bindings = new Bindings([Bind(_guests, order: 1), Bind(_family)]);

        var decision = bindings.Decide(_target, "all", _mara);

        decision.IsAllowed.ShouldBeFalse();
        decision.DecidedBy!.Group.ShouldBe(_guests.Uuid);
        bindings.Decide(_target, "all", Person(9, _family, _guests)).IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public void A_negated_binding_keeps_its_members_out()
    {
        var bindings = new Bindings([Bind(_guests, negate: true)]);

        bindings.Decide(_target, "any", _mara).IsAllowed.ShouldBeTrue();
        bindings.Decide(_target, "any", Person(8, _guests)).IsAllowed.ShouldBeFalse();
    }

    [Fact]
    public void A_binding_that_is_switched_off_counts_as_not_there() =>
        new Bindings([Bind(_guests) with { Enabled = false }]).Decide(_target, "any", _mara).IsAllowed.ShouldBeTrue();

    [Fact]
    public void The_lowest_order_decides_first()
    {
        var bindings = new Bindings([Bind(_guests, order: 5), Bind(_family, order: 2)]);

        bindings.Decide(_target, "any", Person(9, _family, _guests)).DecidedBy!.Group.ShouldBe(_family.Uuid);
    }

    [Fact]
    public void None_of_several_is_said_with_all_their_names()
    {
        var decision = new Bindings([Bind(_guests), Bind(_family, order: 1)]).Decide(_target, "any", Person(8));

        decision.DecidedBy.ShouldBeNull();
        decision.Reason.ShouldContain("Guests");
        decision.Reason.ShouldContain("Family");
    }

    private static PolicyBinding Bind(GroupNode group, int order = 0, bool negate = false) => new()
    {
        Pk = Guid.CreateVersion7(),
        Target = _target,
        Group = group.Uuid,
        GroupObj = new(group.Uuid, 1, group.Name, false, _nothing),
        Order = order,
        Negate = negate,
    };

    private static GroupNode Group(string name) => new(Guid.CreateVersion7(), 1, name, false, _nothing, []);

    private static Account Person(long pk, params GroupNode[] groups) => new(
        pk, Guid.CreateVersion7(), "uid", $"user{pk}", "", "", true, "internal", _nothing, groups, false, DateTimeOffset.UnixEpoch, true);
}
