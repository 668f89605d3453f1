using System.Buffers.Binary;
using System.Buffers.Text;
using Hearthkey.Outpost;
using Hearthkey.Tests.Outpost.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Hearthkey.Tests.Outpost;

/// <summary>What a session and a check cost in memory; counted, not timed.</summary>
[Collection(nameof(SessionCacheTests))]
[CollectionDefinition(nameof(SessionCacheTests), DisableParallelization = true)]
public sealed class SessionCacheTests : IDisposable
{
    private const int Sessions = 100_000;
    // looked through by every check
    private static readonly HostRule[] _rules =
        [new("*.lab.test", false, SkipRules.Parse("^/health$")), new("*.shut.lab.test", false, SkipRules.None), new("shut.lab.test", true, SkipRules.None)];

    private readonly FakeTimeProvider _time = new();
    private readonly FakeCore _core;
    private readonly ForwardAuthOutpost _outpost;
    private int _next;

    public SessionCacheTests()
    {
        _core = new FakeCore(_time) { Configuration = new OutpostConfiguration([OutpostSite.Domain with { HostRules = _rules }], []) };
        _core.Finder = _ => new ProxySession(2, _next / 100, "sign-in session " + (_next / 100), $"host-{_next % 100}.lab.test", _time.GetUtcNow().AddDays(1));
        for (var user = 0; user <= Sessions / 100; user++)
            _core.People[user] = new Identity { Username = "user" + user, Uid = "uid" + user, ShutHosts = Identity.ListHosts(["shut.lab.test", "*.shut.lab.test"]) };
        _outpost = new ForwardAuthOutpost(
            _core,
            new OutpostOptions { Version = "1", IsTrustedPeer = _ => true, RenderPage = (_, _) => Task.CompletedTask },
            _time);
    }

    [Fact]
    public async Task Session_takes_at_most_400_bytes()
    {
        var context = new DefaultHttpContext();
        await CheckAsync(context, 0);
        var before = GC.GetTotalMemory(true);

        for (var i = 1; i < Sessions; i++)
            await CheckAsync(context, i);

        var each = (GC.GetTotalMemory(true) - before) / Sessions;
        _outpost.Sessions.Count.ShouldBe(Sessions);
        each.ShouldBeLessThanOrEqualTo(400);
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes a session");
    }

    [Fact]
    public async Task Check_of_a_known_session_allocates_next_to_nothing()
    {
        var context = new DefaultHttpContext();
        for (var i = 0; i < 200; i++)
            await CheckAsync(context, 7);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            _ = _outpost.InvokeAsync(context, _ => Task.CompletedTask);

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 1000).ShouldBeLessThanOrEqualTo(100);
        context.Response.Headers["X-authentik-username"].ToString().ShouldBe("user0");
    }

    [Fact]
    public async Task Sweep_removes_what_is_over_and_the_marks()
    {
        var context = new DefaultHttpContext();
        for (var i = 0; i < 300; i++)
            await CheckAsync(context, i);
        _outpost.Sessions.EndSession("sign-in session 0");
        _outpost.Sessions.ForgetUser(1);

        _outpost.Sessions.Sweep();
        _outpost.Sessions.Count.ShouldBe(100);

        _time.Advance(TimeSpan.FromDays(2));
        _outpost.Sessions.Sweep();
        _outpost.Sessions.Count.ShouldBe(0);
    }

    public void Dispose() => _outpost.Dispose();

    private async Task CheckAsync(HttpContext context, int number)
    {
        _next = number;
        var id = new byte[32];
        BinaryPrimitives.WriteInt32LittleEndian(id, number + 1);
        context.Response.StatusCode = 200;
        context.Request.Path = "/outpost.goauthentik.io/auth/nginx";
        context.Request.Headers["X-Original-URL"] = $"https://host-{number % 100}.lab.test/some/page?x=1";
        var name = "__Host-authentik_proxy_" + Convert.ToHexStringLower(global::System.Security.Cryptography.SHA256.HashData("domain-456"u8))[..8];
        context.Request.Headers.Cookie = $"theme=dark; {name}={Base64Url.EncodeToString(id)}; lang=en";
        await _outpost.InvokeAsync(context, _ => throw new InvalidOperationException("not the outpost's"));
        context.Response.StatusCode.ShouldBe(200);
    }
}
