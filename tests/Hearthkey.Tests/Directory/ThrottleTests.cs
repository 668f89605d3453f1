using System.Net;
using Hearthkey.Directory;
using Microsoft.Extensions.Time.Testing;

namespace Hearthkey.Tests.Directory;

public sealed class ThrottleTests
{
    private static readonly IPAddress _home = IPAddress.Parse("203.0.113.7"), _elsewhere = IPAddress.Parse("198.51.100.9");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Throttle _throttle;

    public ThrottleTests() => _throttle = new(_time);

    [Fact]
    public void An_account_waits_twice_as_long_after_each_failure_up_to_a_minute()
    {
        for (var i = 0; i < 5; i++) Fail("anna", _home).ShouldBeNull();

        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var wait = _throttle.Wait("anna", _home).ShouldNotBeNull();
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
            Fail("anna", _home).ShouldBeNull();
        }

        waits.ShouldBe([1, 2, 4, 8, 16, 32, 60, 60]);
    }

    [Fact]
    public void A_program_that_was_right_before_is_not_kept_out_by_strangers_and_gives_them_no_new_guesses()
    {
        _throttle.Judge("app", _home, isRight: true).ShouldBeNull();
        for (var i = 0; i < Throttle.AccountLimit; i++) _throttle.Judge("app", _elsewhere, isRight: false).ShouldBeNull();

        _throttle.Judge("app", _home, isRight: true).ShouldBeNull();
        _throttle.Judge("app", _elsewhere, isRight: false).ShouldNotBeNull();
        _throttle.Judge("app", _elsewhere, isRight: true).ShouldNotBeNull("nothing may tell that it is right");
    }

    [Fact]
    public void A_program_that_was_right_before_may_guess_no_more_than_others()
    {
        _throttle.Judge("app", _home, isRight: true).ShouldBeNull();
        for (var i = 0; i < Throttle.AccountLimit; i++) _throttle.Judge("app", _home, isRight: false).ShouldBeNull();

        _throttle.Judge("app", _home, isRight: true).ShouldBe(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        _throttle.Judge("app", _home, isRight: true).ShouldBeNull();
        _throttle.Judge("app", _home, isRight: false).ShouldBeNull("being right clears its own count");
    }

    [Fact]
    public void Programs_that_are_right_come_in_any_number_at_a_time() =>
        Enumerable.Range(0, 1000).AsParallel().Select(_ => _throttle.Judge("app", _home, isRight: true)).ShouldAllBe(wait => wait == null);

    [Fact]
    public void Parallel_attempts_gain_nothing()
    {
        var admitted = Enumerable.Range(0, 100).Count(_ => _throttle.Wait("anna", _home) is null);

        admitted.ShouldBe(Throttle.AccountLimit);
        for (var i = 0; i < admitted; i++) _throttle.Failed("anna", _home);
        _throttle.Wait("anna", _home).ShouldNotBeNull();
    }

    [Fact]
    public void After_the_limit_one_attempt_at_a_time_is_let_through()
    {
        for (var i = 0; i < 5; i++) Fail("anna", _home);
        _time.Advance(TimeSpan.FromSeconds(1));

        Enumerable.Range(0, 100).Count(_ => _throttle.Wait("anna", _home) is null).ShouldBe(1);
    }

    [Fact]
    public void The_address_does_not_matter_for_an_account()
    {
        for (var i = 0; i < 5; i++) Fail("anna", IPAddress.Parse($"198.51.100.{i}")).ShouldBeNull();

        _throttle.Wait("anna", _home).ShouldNotBeNull();
        _throttle.Wait("bert", _home).ShouldBeNull();
    }

    [Fact]
    public void A_success_starts_the_count_anew()
    {
        for (var i = 0; i < 4; i++) Fail("anna", _home);
        _throttle.Wait("anna", _home).ShouldBeNull();
        _throttle.Succeeded("anna", _home);

        for (var i = 0; i < 5; i++) Fail("anna", _home).ShouldBeNull();
    }

    [Fact]
    public void Somebody_who_signed_in_from_an_address_is_not_locked_out_by_strangers()
    {
        _throttle.Wait("anna", _home).ShouldBeNull();
        _throttle.Succeeded("anna", _home);
        for (var i = 0; i < 20; i++) Fail("anna", _elsewhere);

        _throttle.Wait("anna", _elsewhere).ShouldNotBeNull();
        _throttle.Wait("anna", _home).ShouldBeNull();
    }

    [Fact]
    public void An_address_that_is_known_for_an_account_cannot_guess_without_end()
    {
        _throttle.Wait("anna", _home).ShouldBeNull();
        _throttle.Succeeded("anna", _home);

        for (var i = 0; i < 5; i++) Fail("anna", _home).ShouldBeNull();

        _throttle.Wait("anna", _home).ShouldNotBeNull();
    }

    [Fact]
    public void An_address_waits_after_failures_with_many_accounts()
    {
        for (var i = 0; i < Throttle.AddressLimit; i++) Fail($"user{i}", _home).ShouldBeNull();

        _throttle.Wait("somebody", _home).ShouldNotBeNull();
        _throttle.Wait("somebody", _elsewhere).ShouldBeNull();
    }

    [Fact]
    public void A_network_of_one_household_counts_as_one_address()
    {
        for (var i = 0; i < Throttle.AddressLimit; i++) Fail($"user{i}", IPAddress.Parse($"2001:db8:1:2::{i + 1:x}"));

        _throttle.Wait("somebody", IPAddress.Parse("2001:db8:1:2:ffff::1")).ShouldNotBeNull();
        _throttle.Wait("somebody", IPAddress.Parse("2001:db8:1:3::1")).ShouldBeNull();
    }

    [Fact]
    public void A_flood_from_everywhere_slows_strangers_down_to_one_second_at_most()
    {
        for (var i = 0; i < Throttle.GlobalLimit + 8; i++)
        {
            while (Fail($"user{i}", IPAddress.Parse($"198.18.{i / 250}.{i % 250}")) is { } delay) _time.Advance(delay);
        }

        _throttle.Wait("somebody", _home).ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Failures_are_forgotten_after_ten_quiet_minutes()
    {
        for (var i = 0; i < 5; i++) Fail("anna", _home);
        _time.Advance(TimeSpan.FromMinutes(10));

        for (var i = 0; i < 5; i++) Fail("anna", _home).ShouldBeNull();
    }

    [Fact]
    public void Attempts_that_gave_up_do_not_count()
    {
        for (var i = 0; i < 50; i++)
        {
            _throttle.Wait("anna", _home).ShouldBeNull();
            _throttle.GaveUp("anna", _home);
        }

        _throttle.Wait("anna", _home).ShouldBeNull();
    }

    [Fact]
    public void Attempts_that_never_ended_are_given_up_after_a_minute()
    {
        for (var i = 0; i < 5; i++) _throttle.Wait("anna", _home).ShouldBeNull();
        _throttle.Wait("anna", _home).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromMinutes(1));

        _throttle.Wait("anna", _home).ShouldBeNull();
    }

    [Fact]
    public void Memory_stays_bounded_when_every_attempt_has_another_name()
    {
        for (var i = 0; i < 200_000; i++)
        {
            _throttle.Wait($"user{i}", _home);
            _throttle.GaveUp($"user{i}", _home);
            if (i % 1000 == 0) _time.Advance(TimeSpan.FromSeconds(61));
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 200_000; i++) Fail($"other{i}", IPAddress.Parse($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}"));

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(64 << 20);
    }

    [Fact]
    public void Long_names_take_no_more_memory_than_short_ones()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 20_000; i++) Fail(new string('x', 8000) + i, IPAddress.Parse($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}"));

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(32 << 20);
        _throttle.Wait("somebody", _home).ShouldNotBeNull("everybody's limit is reached");
    }

    [Fact]
    public void What_is_over_is_forgotten_before_memory_is_full()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 20_000; i++)
        {
            Fail($"user{i}", IPAddress.Parse($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}"));
            if (i % 500 == 0) _time.Advance(TimeSpan.FromSeconds(61));
        }
        _time.Advance(TimeSpan.FromMinutes(11));

        Fail("anna", _home);

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(3 << 20);
    }

    /// <summary>Behind a proxy that no setting names anybody in the house can say what address they come from.</summary>
    [Fact]
    public void An_address_that_could_be_made_up_is_not_known_for_an_account()
    {
        _throttle.Wait("anna", _home).ShouldBeNull();
        _throttle.Succeeded("anna", _home);
        for (var i = 0; i < 20; i++) Fail("anna", _elsewhere);

        _throttle.Wait("anna", _home, isCertain: false).ShouldNotBeNull();
        _throttle.Wait("anna", _home).ShouldBeNull();
    }

    [Fact]
    public void Signing_in_from_an_address_that_could_be_made_up_makes_it_no_known_one()
    {
        _throttle.Wait("anna", _home, isCertain: false).ShouldBeNull();
        _throttle.Succeeded("anna", _home, isCertain: false);
        for (var i = 0; i < 20; i++) Fail("anna", _elsewhere);

        _throttle.Wait("anna", _home).ShouldNotBeNull();
    }

    private TimeSpan? Fail(string account, IPAddress client)
    {
        if (_throttle.Wait(account, client) is { } wait) return wait;
        _throttle.Failed(account, client);
        return null;
    }
}
