using System.Text.Json;
using System.Text.Json.Nodes;
using Hearthkey.Applications;
using Hearthkey.Audit;
using Hearthkey.Flows;
using Hearthkey.ForwardAuth;
using Hearthkey.Policies;
using Hearthkey.Resources;
using Hearthkey.Storage;

namespace Hearthkey.Connectors.Making;

/// <summary>Makes what protects a host: provider, application, bindings, a place in the embedded outpost, in one unit of work. A provider that has the host already is used.</summary>
internal sealed class AppMaker(
    ProxyProviders providers, ApplicationResource applications, PolicyBindings bindings, OutpostInstances outposts, ProtectedHosts hosts, Snapshots snapshots, IStore store)
{
    private const string Authorization = "default-provider-authorization-implicit-consent", Invalidation = "default-provider-invalidation-flow";

    /// <param name="caller">Whose right it is made by; null: the server's own.</param>
    public async Task<Outcome<MadeApp>> MakeAsync(Caller? caller, Actor actor, WantedApp wanted, CancellationToken ct)
    {
        try
        {
            return await store.WriteAsync(async db => Outcome<MadeApp>.Done(await MakeAsync(db, caller, actor, wanted)), ct);
        }
        catch (NotMadeException stopped)
        {
            return stopped.Outcome;
        }
    }

    /// <summary>Removes what was made: the application first, then its provider.</summary>
    /// <returns>A sentence where something has to stay; null where all is gone.</returns>
    public async Task<string?> RemoveAsync(Caller caller, Actor actor, long providerPk, CancellationToken ct)
    {
        if (hosts.Find(providerPk) is not { } host) return null;
        if (host.ApplicationSlug is { } slug && Sentence(await applications.DeleteAsync(caller, actor, slug, ct)) is { } kept) return kept;
        return Sentence(await providers.DeleteAsync(caller, actor, Text(providerPk), ct));
    }

    /// <summary>The words of an outcome that went wrong; null where it did not.</summary>
    public static string? Sentence<T>(Outcome<T> outcome) where T : class => outcome switch
    {
        { Refusal: { } refusal } => refusal,
        { Errors: { } errors } => string.Join(' ', errors.Fields.Select(errors.For)),
        _ => null,
    };

    private async ValueTask<MadeApp> MakeAsync(Db db, Caller? caller, Actor actor, WantedApp wanted)
    {
        var there = wanted.Domain is null && hosts.Find(wanted.Origin) is { } found && ProtectedHosts.Normalize(found.ExternalHost) == wanted.Origin ? found : null;
        var pk = there?.Pk ?? await ProviderAsync(db, caller, actor, wanted);
        var slug = there?.ApplicationSlug;
        if (slug is null)
        {
            var application = Must(await applications.CreateAsync(db, actor, Json(Application(wanted, pk, slug = FreeSlug(wanted))), caller));
            foreach (var (order, group) in wanted.Groups.Index())
                Must(await bindings.CreateAsync(db, actor, Json(new() { ["target"] = application.PbmUuid, ["group"] = group, ["order"] = order }), caller));
        }
        await outposts.SelectAsync(db, actor, pk);
        return new(pk, slug, there is null);
    }

    private async ValueTask<long> ProviderAsync(Db db, Caller? caller, Actor actor, WantedApp wanted)
    {
        var host = new Uri(wanted.Origin).Authority;
        var name = wanted.Domain ?? host;
        var first = await providers.CreateAsync(db, actor, Json(Provider(wanted, name)), caller);
        // a provider of another kind may have the name
        return first.Errors?.For("name") is null
            ? Must(first).Pk
            : Must(await providers.CreateAsync(db, actor, Json(Provider(wanted, name + " (proxy)")), caller)).Pk;
    }

    private JsonObject Provider(WantedApp wanted, string name)
    {
        var flows = snapshots.Current.Get<FlowsPart>();
        return new()
        {
            ["name"] = name,
            ["authorization_flow"] = (flows.Find(Authorization) ?? flows.First("authorization"))?.Flow.Pk,
            ["invalidation_flow"] = (flows.Find(Invalidation) ?? flows.First("invalidation"))?.Flow.Pk,
            ["mode"] = wanted.Domain is null ? ProxyProviders.Single : ProxyProviders.Domain,
            ["external_host"] = wanted.Origin,
            ["cookie_domain"] = wanted.Domain ?? "",
            ["skip_path_regex"] = wanted.SkipPaths,
        };
    }

    private static JsonObject Application(WantedApp wanted, long provider, string slug) => new() { ["name"] = wanted.Name, ["slug"] = slug, ["provider"] = provider };

    private string FreeSlug(WantedApp wanted)
    {
        var taken = snapshots.Current.Get<ApplicationsPart>();
        var wish = SlugOf(wanted.Name);
        if (wish.Length == 0) wish = SlugOf(wanted.Domain ?? new Uri(wanted.Origin).Authority);
        var slug = wish;
        for (var number = 2; taken.BySlug(slug) is not null; number++) slug = $"{wish}-{number}";
        return slug;
    }

    private static string SlugOf(string text) =>
        string.Join('-', string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static T Must<T>(Outcome<T> outcome) where T : class => outcome.Value ?? throw new NotMadeException(outcome.As<MadeApp>());

    private static JsonElement Json(JsonObject input) => JsonElement.Parse(input.ToJsonString());

    private static string Text(long pk) => pk.ToString(global::System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Takes the unit of work back: half of it must not stay.</summary>
    private sealed class NotMadeException(Outcome<MadeApp> outcome) : Exception("It was not made.")
    {
        public Outcome<MadeApp> Outcome => outcome;
    }
}
