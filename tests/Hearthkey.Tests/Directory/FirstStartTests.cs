using Hearthkey.Directory;
using Hearthkey.Hosting;

namespace Hearthkey.Tests.Directory;

public sealed class FirstStartTests
{
    [Fact]
    public async Task Akadmin_is_the_first_user_has_no_password_and_may_do_everything()
    {
        await using var site = await DirectorySite.StartAsync();

        var akadmin = (await site.Get<People>().FindAsync(1, DirectorySite.Ct)).ShouldNotBeNull();

        akadmin.Username.ShouldBe("akadmin");
        akadmin.HasPassword.ShouldBeFalse();
        akadmin.IsSuperuser.ShouldBeTrue();
        akadmin.Groups.ShouldHaveSingleItem().Name.ShouldBe("authentik Admins");
        (await site.Get<Passwords>().VerifyAsync(akadmin, "", DirectorySite.Ct)).Check.ShouldBe(PasswordCheck.Wrong);
    }

    [Fact]
    public async Task The_environment_gives_akadmin_a_password_an_address_and_a_key()
    {
        await using var site = await DirectorySite.StartAsync(null, ("BOOTSTRAP_PASSWORD", "correct horse battery"), ("BOOTSTRAP_EMAIL", "admin@lab.example"));

        var akadmin = (await site.Get<People>().FindByLoginAsync("admin@lab.example", true, true, DirectorySite.Ct)).ShouldNotBeNull();

        (await site.Get<Passwords>().VerifyAsync(akadmin, "correct horse battery", DirectorySite.Ct)).Check.ShouldBe(PasswordCheck.Right);
        var token = (await site.GetAsync("core/tokens/authentik-bootstrap-token/")).Body;
        token.GetProperty("intent").GetString().ShouldBe("api");
        token.GetProperty("expiring").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_weak_password_in_the_environment_stops_the_first_start()
    {
        var failure = await Should.ThrowAsync<StartupException>(() => DirectorySite.StartAsync(null, ("BOOTSTRAP_PASSWORD", "password")));

        failure.Message.ShouldContain("BOOTSTRAP_PASSWORD");
    }
}
