using Hearthkey.Directory;
using Microsoft.Extensions.DependencyInjection;

namespace Hearthkey.Tests.Directory;

public sealed class PasswordsTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly List<long> _ended = [];
    private DirectorySite _site = null!;

    public async ValueTask InitializeAsync() => _site = await DirectorySite.StartAsync(services => services.AddSingleton(new UserEnding((_, pk) =>
    {
        _ended.Add(pk);
        return ValueTask.CompletedTask;
    })));

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_password_that_was_set_is_right_and_any_other_wrong()
    {
        var pk = await _site.AddUserAsync("anna");
        await _site.SetPasswordAsync(pk, Password);

        (await VerifyAsync(pk, Password)).Check.ShouldBe(PasswordCheck.Right);
        (await VerifyAsync(pk, Password + " ")).Check.ShouldBe(PasswordCheck.Wrong);
        (await StoredAsync(pk)).ShouldStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    [Theory] // hashes by Python's hashlib and by the reference implementation of Argon2
    [InlineData("pbkdf2_sha256$1000$Zm9vYmFy$s36uVqgxde/CMqkzkvEW33uJ8/2iG+uIMgpiKCO9X+c=", Password)]
    [InlineData("argon2$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", "password")]
    [InlineData("argon2$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password")]
    [InlineData("argon2$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHQ$yIW3jKhc46JgZ3FAcoGEowrd6vyP/WTSy/wUREAmlwc", "password")]
    public async Task A_hash_of_Django_is_verified_and_replaced_by_our_own(string hash, string password)
    {
        var pk = await _site.AddUserAsync("anna");
        await StoreAsync(pk, hash);

        (await VerifyAsync(pk, "wrong")).Check.ShouldBe(PasswordCheck.Wrong);
        (await StoredAsync(pk)).ShouldBe(hash);
        (await VerifyAsync(pk, password)).Check.ShouldBe(PasswordCheck.Right);
        (await StoredAsync(pk)).ShouldStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
        (await VerifyAsync(pk, password)).Check.ShouldBe(PasswordCheck.Right);
        _ended.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("!unusable")]
    [InlineData("pbkdf2_sha256$99999999999$salt$AAAA")]
    [InlineData("argon2$argon2id$v=19$m=99999999,t=2,p=8$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$$")]
    public async Task A_hash_that_is_none_fits_no_password(string hash)
    {
        var pk = await _site.AddUserAsync("anna");
        await StoreAsync(pk, hash);

        (await VerifyAsync(pk, "")).Check.ShouldBe(PasswordCheck.Wrong);
        (await VerifyAsync(pk, hash)).Check.ShouldBe(PasswordCheck.Wrong);
    }

    [Fact]
    public async Task An_unknown_name_costs_a_hash_like_a_wrong_password()
    {
        var passwords = _site.Get<Passwords>();
        var with = await _site.AddUserAsync("anna");
        await _site.SetPasswordAsync(with, Password);
        var without = await _site.AddUserAsync("bert");
        var before = passwords.Computed;

        (await passwords.VerifyAsync(null, Password, DirectorySite.Ct)).Check.ShouldBe(PasswordCheck.Wrong);
        passwords.Computed.ShouldBe(before + 1);
        (await VerifyAsync(with, "wrong password")).Check.ShouldBe(PasswordCheck.Wrong);
        passwords.Computed.ShouldBe(before + 2);
        (await VerifyAsync(without, "wrong password")).Check.ShouldBe(PasswordCheck.Wrong);
        passwords.Computed.ShouldBe(before + 3);
    }

    [Fact]
    public async Task A_password_that_is_too_long_is_refused_without_a_hash()
    {
        var passwords = _site.Get<Passwords>();
        var before = passwords.Computed;

        (await passwords.VerifyAsync(null, new string('x', 1025), DirectorySite.Ct)).Check.ShouldBe(PasswordCheck.Wrong);

        passwords.Computed.ShouldBe(before);
    }

    [Fact]
    public async Task More_attempts_than_can_wait_are_turned_away()
    {
        var passwords = _site.Get<Passwords>();
        using var stop = new CancellationTokenSource();
        var attempts = Enumerable.Range(0, 20_000).Select(_ => passwords.HashAsync(Password, stop.Token).AsTask()).ToList();

        (await attempts[^1]).ShouldBeNull();

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Task.WhenAll(attempts));
        (await passwords.HashAsync(Password, DirectorySite.Ct)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("seven77", "too short")]
    [InlineData("Password1", "tried first")]
    [InlineData("password", "tried first")]
    [InlineData("qwertyuiop", "tried first")]
    public void A_weak_password_may_not_be_set(string password, string why) => Passwords.WhyNot(password).ShouldNotBeNull().ShouldContain(why);

    [Fact]
    public void A_password_beyond_the_limit_may_not_be_set() => Passwords.WhyNot(new string('é', 513)).ShouldNotBeNull().ShouldContain("too long");

    [Fact]
    public void A_good_password_may_be_set() => Passwords.WhyNot(Password).ShouldBeNull();

    [Fact]
    public async Task A_new_password_ends_everything_of_the_user_and_leaves_an_event_without_it()
    {
        var pk = await _site.AddUserAsync("anna");
        _site.Time.Advance(TimeSpan.FromHours(1));

        await _site.SetPasswordAsync(pk, Password);

        _ended.ShouldBe([pk]);
        var changes = await _site.ChangesAsync();
        changes.ShouldContain($"password {pk}");
        changes.ShouldContain($"user_end {pk}");
        changes.ShouldContain($"authentik_core.user {pk}");
        var about = (await _site.EventsAsync("password_set")).ShouldHaveSingleItem();
        about.ShouldContain("anna");
        about.ShouldNotContain("argon2");
        about.ShouldNotContain(Password);
        var account = (await _site.Get<People>().FindAsync(pk, DirectorySite.Ct)).ShouldNotBeNull();
        account.HasPassword.ShouldBeTrue();
        account.PasswordAt.ShouldBe(_site.Time.GetUtcNow());
    }

    private async Task<PasswordAnswer> VerifyAsync(long pk, string password) => await _site.Get<Passwords>().VerifyAsync(
        await _site.Get<People>().FindAsync(pk, DirectorySite.Ct), password, DirectorySite.Ct);

    private Task StoreAsync(long pk, string hash) => _site.ExecAsync(db => db.ExecAsync($"update users set password = {hash} where pk = {pk}"));

    private Task<string?> StoredAsync(long pk) =>
        _site.Store.ReadAsync(db => db.OneAsync($"select password from users where pk = {pk}", r => r.TextOrNull()), DirectorySite.Ct);
}
