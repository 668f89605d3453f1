using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hearthkey.E2E.Reliability;
using Hearthkey.E2E.Support;

namespace Hearthkey.E2E.Api;

/// <summary>
/// Secrets that were put in come out nowhere: no answer, no event, no line of the log, no byte of the data folder. The one exception is authentik's
/// own: an admin reads the secret of a client in the answers about its provider.
/// </summary>
public sealed class Canaries(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Password = "canary-password-7c1f3a5e";
    private const string Key = "canary-token-key-2b9d4e6f8a1c3e5d";
    private const string ClientSecret = "canary-client-secret-5f7e9c1b3d-long-enough-to-sign-with-32-bytes";
    private const string OfProviders = "/api/v3/providers/oauth2/";

    [Fact]
    public async Task A_secret_shows_in_no_answer_no_event_no_log_and_no_file()
    {
        var user = await house.AddUserAsync("canary");
        var privateKey = await PlantAsync(user);
        await ProvokeAsync(user);
        string[] secrets = [Password, Key, ClientSecret, House.Token, House.Password, privateKey, .. await SignInAsync(user)];

        var lists = (await File.ReadAllLinesAsync(
            Path.Combine(Repository.Root, "tests", "Hearthkey.Tests", "Architecture", "routes.approved.txt"), TestContext.Current.CancellationToken))
            .Where(line => line.StartsWith("GET /api/v3/", StringComparison.Ordinal) && !line.Contains('{')).Select(line => line.Split(' ')[1]).ToList();
        lists.Count.ShouldBeGreaterThan(8);
        using var client = house.CreateApiClient();
        foreach (var path in lists)
        {
            var text = await client.GetStringAsync(new Uri(path + "?page_size=100&count_steps=days=1", UriKind.Relative), TestContext.Current.CancellationToken);
            foreach (var secret in secrets.Where(secret => path != OfProviders || secret is not (ClientSecret or CanaryTokens.Secret))) text.ShouldNotContain(secret, Case.Sensitive, path);
        }
        foreach (var secret in secrets) house.Server.Log.ShouldNotContain(secret);
        foreach (var file in Directory.EnumerateFiles(house.Server.Data, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            foreach (var secret in secrets) text.Contains(secret, StringComparison.Ordinal).ShouldBeFalse(file);
        }
    }

    /// <summary>Puts the secrets in; gives one line of a private key.</summary>
    private async Task<string> PlantAsync(long user)
    {
        (await house.Api.CallAsync("coreApi.coreUsersSetPasswordCreate", new { id = user, userPasswordSetRequest = new { password = Password } })).ShouldBe(204);
        (await house.Api.CallAsync("coreApi.coreTokensCreate", new { tokenRequest = new { identifier = "canary", user } })).ShouldBe(201);
        (await house.Api.CallAsync("coreApi.coreTokensSetKeyCreate", new { identifier = "canary", tokenSetKeyRequest = new { key = Key } })).ShouldBe(204);
        using var rsa = RSA.Create(2048);
        using var made = new CertificateRequest("CN=canary", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var certificateKeyPairRequest = new { name = "canary", certificateData = made.ExportCertificatePem(), keyData = rsa.ExportPkcs8PrivateKeyPem() };
        (await house.Api.CallAsync("cryptoApi.cryptoCertificatekeypairsCreate", new { certificateKeyPairRequest })).ShouldBe(201);
        var provider = OAuth2ProvidersTests.With(await OAuth2ProvidersTests.FlowsAsync(house), new { name = "canary", clientId = "canary", clientSecret = ClientSecret, redirectUris = Array.Empty<object>() });
        (await house.Api.CallAsync("providersApi.providersOauth2Create", new { oAuth2ProviderRequest = provider })).ShouldBe(201);
        return certificateKeyPairRequest.keyData.Split('\n')[5];
    }

    /// <summary>Uses them, rightly and wrongly, so that whatever speaks of them has spoken.</summary>
    private async Task ProvokeAsync(long user)
    {
        (await house.Api.CallAsync("coreApi.coreUsersMeRetrieve", token: Key)).ShouldBe(200);
        (await house.Api.CallAsync("coreApi.coreTokensViewKeyRetrieve", new { identifier = "canary" })).ShouldBe(200);
        (await house.Api.RequestAsync("POST", $"/core/users/{user}/set_password/", new { password = new[] { Password } })).Status.ShouldBe(400);
        (await house.Api.RequestAsync("PATCH", $"/core/users/{user}/", new { password = Password, key = Key })).Status.ShouldBe(200);
        (await house.Api.RequestTextAsync("POST", $"/core/users/{user}/set_password/", "{\"password\": \"" + Password)).Status.ShouldBe(400);
        (await house.Api.CallAsync("coreApi.coreUsersMeRetrieve", token: Key + "x")).Status.ShouldBe(403);
        var provider = (await house.Api.CallAsync("providersApi.providersOauth2List", new { clientId = "canary" })).ShouldBe(200).Results[0]!["pk"]!.GetValue<long>();
        (await house.Api.RequestAsync("PATCH", $"/providers/oauth2/{provider}/", new { client_secret = ClientSecret })).Status.ShouldBe(200);
        (await house.Api.RequestAsync("PATCH", $"/providers/oauth2/{provider}/", new { client_secret = new string('x', 300) + ClientSecret })).Text.ShouldNotContain(ClientSecret);
        using var client = house.CreateClient();
        foreach (var (id, grant) in new[] { ("canary", "authorization_code"), ("canary", "refresh_token"), ("nobody", "authorization_code") })
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["client_id"] = id,
                ["client_secret"] = ClientSecret,
                ["grant_type"] = grant,
                ["code"] = Key,
                ["refresh_token"] = Key,
                ["redirect_uri"] = "https://x.test/",
            });
            using var answer = await client.PostAsync(new Uri(house.Address, "/application/o/token/"), form, TestContext.Current.CancellationToken);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(ClientSecret);
        }
    }

    /// <summary>Signs somebody in, and an app with them, and opens a protected page; gives what browser and apps prove it by.</summary>
    private async Task<IReadOnlyList<string>> SignInAsync(long user)
    {
        using var person = await SignedIn.AtAsync(house.Address, "canary", Password);
        (await person.IsKnownAtAsync(house.Address)).ShouldBeTrue();
        using var app = new CanaryTokens(house, person);
        using var visit = new CanaryVisit(house, person);
        using var program = new CanaryProgram(house, user, "canary");
        return [.. person.Cookies(house.Address).Select(cookie => cookie.Value).Where(value => value.Length >= 20), .. await app.SpendAsync(), .. await visit.SpendAsync(), .. await program.SpendAsync()];
    }
}
