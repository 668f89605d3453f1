using Hearthkey.Hosting;

namespace Hearthkey.Tests.Keys;

/// <summary>The key is made with the database and never beside one that is there.</summary>
public sealed class MasterKeyTests : IDisposable
{
    private readonly string _folder = global::System.IO.Directory.CreateTempSubdirectory("hk-key-").FullName;

    private string File => Path.Combine(_folder, "secret.key");

    [Fact]
    public async Task It_is_written_at_the_first_start_for_its_owner_only()
    {
        await StartAsync();

        (await global::System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).Trim().Length.ShouldBe(64);
        if (!OperatingSystem.IsWindows()) global::System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await StartAsync();
    }

    [Fact]
    public async Task A_start_without_the_file_says_that_it_is_missing_and_makes_no_other()
    {
        await StartAsync();
        var key = await global::System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        global::System.IO.File.Delete(File);

        (await Should.ThrowAsync<StartupException>(StartAsync)).Message.ShouldContain("is missing");

        global::System.IO.File.Exists(File).ShouldBeFalse();
        await global::System.IO.File.WriteAllTextAsync(File, key, TestContext.Current.CancellationToken);
        await StartAsync();
    }

    [Fact]
    public async Task A_command_beside_the_server_needs_the_same_key_and_makes_none()
    {
        await StartAsync();
        var key = await global::System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        await AttachAsync();

        global::System.IO.File.Delete(File);
        (await Should.ThrowAsync<StartupException>(() => AttachAsync())).Message.ShouldContain("is missing");
        global::System.IO.File.Exists(File).ShouldBeFalse();
        (await Should.ThrowAsync<StartupException>(() => AttachAsync("another key, long enough to be one 0123456789"))).Message.ShouldContain("another key");
        await global::System.IO.File.WriteAllTextAsync(File, key, TestContext.Current.CancellationToken);
        await AttachAsync();
    }

    /// <summary>What a full disk left of a file must not become a key that everybody knows.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("c2hvcnQ=")]
    public async Task A_file_that_was_cut_off_is_refused(string content)
    {
        await global::System.IO.File.WriteAllTextAsync(File, content, TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<StartupException>(StartAsync)).Message.ShouldContain($"The key file {File} is damaged");
    }

    [Fact]
    public async Task What_a_start_that_was_killed_left_behind_is_no_key()
    {
        await global::System.IO.File.WriteAllTextAsync(File + ".new", "half of a k", TestContext.Current.CancellationToken);

        await StartAsync();

        (await global::System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).Trim().Length.ShouldBe(64);
        global::System.IO.File.Exists(File + ".new").ShouldBeFalse();
    }

    public void Dispose() => global::System.IO.Directory.Delete(_folder, recursive: true);

    private async Task StartAsync()
    {
        await using var app = HearthkeyServer.Create(Environment());
        await HearthkeyServer.PrepareAsync(app.Services, TestContext.Current.CancellationToken);
    }

    private async Task AttachAsync(string? key = null)
    {
        await using var app = HearthkeyServer.Create(Environment(key));
        await HearthkeyServer.AttachAsync(app.Services, TestContext.Current.CancellationToken);
    }

    private Dictionary<string, string> Environment(string? key = null)
    {
        var environment = new Dictionary<string, string> { ["HEARTHKEY_DATA"] = _folder, ["HEARTHKEY_LOG_LEVEL"] = "error" };
        if (key is not null) environment["HEARTHKEY_SECRET_KEY"] = key;
        return environment;
    }
}
