using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Resources;
using Hearthkey.System;
using Hearthkey.Tests.Directory;

namespace Hearthkey.Tests.System;

/// <summary><c>crypto/certificatekeypairs</c>: made here or brought along; the private key shows only to those who prove themselves.</summary>
public sealed class CertificatesTests
{
    private const string Path = "crypto/certificatekeypairs/";

    [Fact]
    public async Task The_certificate_of_the_first_start_is_there_with_all_that_is_known_of_it()
    {
        await using var site = await DirectorySite.StartAsync();

        var found = (await site.GetAsync(Path + "?managed=goauthentik.io/crypto/jwt-managed")).Body.GetProperty("results")[0];

        found.GetProperty("name").GetString().ShouldBe("authentik Self-signed Certificate");
        found.GetProperty("key_type").GetString().ShouldBe("rsa");
        found.GetProperty("private_key_available").GetBoolean().ShouldBeTrue();
        found.GetProperty("cert_subject").GetString().ShouldBe("CN=authentik Self-signed Certificate,O=authentik");
        found.GetProperty("fingerprint_sha256").GetString()!.ShouldMatch("^([0-9a-f]{2}:){31}[0-9a-f]{2}$");
        found.GetProperty("fingerprint_sha1").GetString()!.ShouldMatch("^([0-9a-f]{2}:){19}[0-9a-f]{2}$");
        found.TryGetProperty("pair", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("rsa", "rsa")]
    [InlineData("ecdsa", "ec")]
    public async Task A_generated_pair_has_the_names_and_days_that_were_asked_for(string alg, string type)
    {
        await using var site = await DirectorySite.StartAsync();

        var made = await site.PostAsync(Path + "generate/", $$"""{"common_name":"lab","subject_alt_name":"lab.test, 192.0.2.1","validity_days":30,"alg":"{{alg}}"}""");

        made.Status.ShouldBe(200, made.ToString());
        made.Body.GetProperty("key_type").GetString().ShouldBe(type);
        made.Body.GetProperty("cert_expiry").GetDateTimeOffset().ShouldBe(DirectorySite.Start.AddDays(30));
        var (pem, key) = (await ViewAsync(site, made, "view_certificate"), await ViewAsync(site, made, "view_private_key"));
        using var certificate = X509Certificate2.CreateFromPem(pem, key);
        certificate.HasPrivateKey.ShouldBeTrue();
        certificate.MatchesHostname("lab.test").ShouldBeTrue();
        certificate.MatchesHostname("192.0.2.1").ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"common_name":"lab"}""", "validity_days")]
    [InlineData("""{"validity_days":3}""", "common_name")]
    [InlineData("""{"common_name":"lab","validity_days":0}""", "validity_days")]
    [InlineData("""{"common_name":"lab","validity_days":3,"alg":"ed25519"}""", "alg")]
    [InlineData("""{"common_name":"lab","validity_days":3,"alg":"ed448"}""", "alg")]
    [InlineData("""{"common_name":"lab","validity_days":3,"subject_alt_name":"two words"}""", "subject_alt_name")]
    [InlineData("""{"common_name":"authentik Self-signed Certificate","validity_days":3}""", "common_name")]
    public async Task A_pair_that_cannot_be_made_is_refused_by_field(string body, string field)
    {
        await using var site = await DirectorySite.StartAsync();

        var reply = await site.PostAsync(Path + "generate/", body);

        reply.Status.ShouldBe(400, reply.ToString());
        reply.Error(field).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_pair_can_be_brought_along_renamed_replaced_and_deleted()
    {
        await using var site = await DirectorySite.StartAsync();
        var (first, firstKey) = Pem("one.test", 2048);
        var (second, secondKey) = Pem("two.test", 2048);

        var made = await site.PostAsync(Path, Body(("name", "mine"), ("certificate_data", first), ("key_data", firstKey)));
        made.Status.ShouldBe(201, made.ToString());
        made.Body.GetProperty("cert_subject").GetString().ShouldBe("CN=one.test");
        var one = Path + made.Body.GetProperty("pk").GetString() + "/";

        (await site.PatchAsync(one, """{"name":"ours"}""")).Body.GetProperty("name").GetString().ShouldBe("ours");
        var replaced = await site.PatchAsync(one, Body(("certificate_data", second), ("key_data", secondKey)));
        replaced.Body.GetProperty("cert_subject").GetString().ShouldBe("CN=two.test");
        (await ViewAsync(site, made, "view_private_key")).ShouldStartWith("-----BEGIN PRIVATE KEY-----");
        (await site.DeleteAsync(one)).Status.ShouldBe(204);
        (await site.GetAsync(one)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_is_no_pair_is_refused_by_field()
    {
        await using var site = await DirectorySite.StartAsync();
        var (certificate, key) = Pem("one.test", 2048);
        var (_, otherKey) = Pem("two.test", 2048);
        var (weak, weakKey) = Pem("weak.test", 1024);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var curve = new CertificateRequest("CN=c", p384, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));

        await RefusedAsync(site, "certificate_data", "rubbish", key);
        await RefusedAsync(site, "key_data", certificate, "rubbish");
        await RefusedAsync(site, "key_data", certificate, otherKey);
        await RefusedAsync(site, "key_data", certificate, "");
        await RefusedAsync(site, "key_data", weak, weakKey);
        await RefusedAsync(site, "key_data", curve.ExportCertificatePem(), p384.ExportPkcs8PrivateKeyPem());
    }

    [Fact]
    public async Task The_certificate_that_https_is_served_with_stays()
    {
        await using var site = await DirectorySite.StartAsync();
        var pk = (await site.GetAsync(Path)).Body.GetProperty("results")[0].GetProperty("pk").GetString();

        (await site.DeleteAsync($"{Path}{pk}/")).Status.ShouldBe(400);
        (await site.GetAsync($"{Path}{pk}/")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Seeing_a_private_key_leaves_an_event_without_it()
    {
        await using var site = await DirectorySite.StartAsync();
        var made = await site.PostAsync(Path + "generate/", """{"common_name":"lab","validity_days":3}""");

        var pem = await ViewAsync(site, made, "view_private_key");

        var seen = (await site.EventsAsync("secret_view")).ShouldHaveSingleItem();
        seen.ShouldContain("certificatekeypair");
        (await site.GetAsync("events/events/?page_size=100")).Body.GetRawText().ShouldNotContain(pem.Split('\n')[1]);
    }

    [Fact]
    public async Task A_browser_proves_itself_again_before_it_sees_or_makes_a_key()
    {
        await using var site = await DirectorySite.StartAsync();
        var pairs = site.Get<CertificateKeyPairs>();
        var (stale, fresh) = (site.Browser(TimeSpan.FromMinutes(16)), site.Browser(TimeSpan.FromMinutes(1)));
        var input = JsonElement.Parse("""{"common_name":"lab","validity_days":3}""");

        (await pairs.GenerateAsync(stale, Actor.Server, input, DirectorySite.Ct)).Code.ShouldBe(StepUp.Code);
        var made = (await pairs.GenerateAsync(fresh, Actor.Server, input, DirectorySite.Ct)).Value.ShouldNotBeNull();
        (await pairs.ViewPrivateKeyAsync(stale, Actor.Server, pairs.Key(made), DirectorySite.Ct)).Code.ShouldBe(StepUp.Code);
        (await pairs.ViewPrivateKeyAsync(fresh, Actor.Server, pairs.Key(made), DirectorySite.Ct)).Value.ShouldNotBeNull();
        (await pairs.UpdateAsync(stale, Actor.Server, pairs.Key(made), JsonElement.Parse("""{"name":"new"}"""), true, DirectorySite.Ct)).Value.ShouldNotBeNull();
        (await pairs.DeleteAsync(stale, Actor.Server, pairs.Key(made), DirectorySite.Ct)).Code.ShouldBe(StepUp.Code);
    }

    [Fact]
    public async Task A_download_has_the_name_of_the_pair()
    {
        await using var site = await DirectorySite.StartAsync();
        var url = (await site.GetAsync(Path)).Body.GetProperty("results")[0].GetProperty("certificate_download_url").GetString()!;
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DirectorySite.AdminKey);

        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), DirectorySite.Ct);

        answer.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("authentik Self-signed Certificate_certificate.pem");
        (await answer.Content.ReadAsStringAsync(DirectorySite.Ct)).ShouldStartWith("-----BEGIN CERTIFICATE-----");
    }

    [Theory]
    [InlineData("?has_key=true", 2)]
    [InlineData("?has_key=false", 0)]
    [InlineData("?key_type=ec", 1)]
    [InlineData("?key_type=ec&key_type=rsa", 2)]
    [InlineData("?name=lab", 1)]
    [InlineData("?search=SELF", 1)]
    public async Task A_filter_leaves_those_that_it_names(string query, int count)
    {
        await using var site = await DirectorySite.StartAsync();
        await site.PostAsync(Path + "generate/", """{"common_name":"lab","validity_days":3,"alg":"ecdsa"}""");

        (await site.GetAsync(Path + query)).Body.GetProperty("results").GetArrayLength().ShouldBe(count);
    }

    private static async Task<string> ViewAsync(DirectorySite site, ApiReply pair, string what) =>
        (await site.GetAsync($"{Path}{pair.Body.GetProperty("pk").GetString()}/{what}/")).Body.GetProperty("data").GetString()!;

    private static async Task RefusedAsync(DirectorySite site, string field, string certificate, string key)
    {
        var reply = await site.PostAsync(Path, Body(("name", "mine"), ("certificate_data", certificate), ("key_data", key)));
        reply.Status.ShouldBe(400, reply.ToString());
        reply.Error(field).ShouldNotBeEmpty();
    }

    private static string Body(params (string Name, string Value)[] fields) =>
        new JsonObject(fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Value))).ToJsonString();

    private static (string Certificate, string Key) Pem(string name, int bits)
    {
        using var rsa = RSA.Create(bits);
        using var made = new CertificateRequest("CN=" + name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DirectorySite.Start, DirectorySite.Start.AddDays(1));
        return (made.ExportCertificatePem(), rsa.ExportRSAPrivateKeyPem());
    }
}
