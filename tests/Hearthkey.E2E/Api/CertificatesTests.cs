using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hearthkey.E2E.Api;

/// <summary><c>crypto/certificatekeypairs</c> by the generated client.</summary>
[Collection(ApiCollection.Name)]
public sealed class CertificatesTests(ApiHouse house)
{
    private readonly ResourceSteps _pairs = new(house.Api, "cryptoApi.cryptoCertificatekeypairs", "kpUuid", "certificateKeyPairRequest");

    [Fact]
    public async Task A_generated_pair_lives_from_its_creation_to_its_end()
    {
        var kpUuid = (await GenerateAsync(new { commonName = "life", subjectAltName = "life.test", validityDays = 5, alg = "ecdsa" })).ShouldBe(200).Body!["pk"]!.ToString();

        (await _pairs.RetrieveAsync(kpUuid)).ShouldBe(200).Body!["key_type"]!.ToString().ShouldBe("ec");
        (await _pairs.PatchAsync(kpUuid, new { name = "life-2" })).ShouldBe(200).Body!["name"]!.ToString().ShouldBe("life-2");
        var certificate = await house.Api.CallAsync("cryptoApi.cryptoCertificatekeypairsViewCertificateRetrieve", new { kpUuid });
        var key = await house.Api.CallAsync("cryptoApi.cryptoCertificatekeypairsViewPrivateKeyRetrieve", new { kpUuid });
        using var both = X509Certificate2.CreateFromPem(certificate.ShouldBe(200).Body!["data"]!.ToString(), key.ShouldBe(200).Body!["data"]!.ToString());
        both.HasPrivateKey.ShouldBeTrue();
        (await _pairs.UsedByAsync(kpUuid)).ShouldBe(200);
        (await _pairs.DeleteAsync(kpUuid)).ShouldBe(204);
        (await _pairs.RetrieveAsync(kpUuid)).ShouldBe(404);
    }

    [Fact]
    public async Task A_pair_can_be_brought_along_and_replaced()
    {
        using var rsa = RSA.Create(2048);
        using var made = new CertificateRequest("CN=own.test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var request = new { name = "own", certificateData = made.ExportCertificatePem(), keyData = rsa.ExportPkcs8PrivateKeyPem() };

        var pk = (await _pairs.CreateAsync(request)).ShouldBe(201).Body!["pk"]!.ToString();
        (await _pairs.PutAsync(pk, request with { name = "own-2" })).ShouldBe(200).Body!["name"]!.ToString().ShouldBe("own-2");
        await _pairs.RefusesAsync(request with { name = "odd", keyData = "" }, "key_data");
        await _pairs.RefusesAsync(request with { name = "odd", certificateData = "odd" }, "certificate_data");
        await _pairs.RefusesAsync(request with { name = "own-2" }, "name");
    }

    [Fact]
    public async Task A_list_is_narrowed_ordered_and_searched()
    {
        foreach (var (commonName, alg) in new[] { ("list-a", "rsa"), ("list-b", "ecdsa") }) (await GenerateAsync(new { commonName, validityDays = 5, alg })).ShouldBe(200);

        (await _pairs.NamesAsync("name", new { search = "LIST-" })).ShouldBe(["list-a", "list-b"]);
        (await _pairs.NamesAsync("name", new { search = "list-", ordering = "-name" })).ShouldBe(["list-b", "list-a"]);
        (await _pairs.NamesAsync("name", new { search = "list-", keyType = new[] { "ec" }, hasKey = true })).ShouldBe(["list-b"]);
        (await _pairs.NamesAsync("name", new { managed = "goauthentik.io/crypto/jwt-managed" })).ShouldBe(["authentik Self-signed Certificate"]);
    }

    [Fact]
    public async Task What_is_not_built_is_refused_by_field() =>
        ResourceSteps.Refused(await GenerateAsync(new { commonName = "odd", validityDays = 5, alg = "ed25519" }), "alg");

    private Task<Support.ApiAnswer> GenerateAsync(object certificateGenerationRequest) =>
        house.Api.CallAsync("cryptoApi.cryptoCertificatekeypairsGenerateCreate", new { certificateGenerationRequest });
}
