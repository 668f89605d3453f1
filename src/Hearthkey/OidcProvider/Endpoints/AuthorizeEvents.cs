using System.Text.Json.Nodes;
using Hearthkey.Audit;
using Hearthkey.Oidc.Authorize;
using Hearthkey.Sessions;
using Hearthkey.Storage;

namespace Hearthkey.OidcProvider.Endpoints;

/// <summary>Writes who let an app know them.</summary>
internal sealed class AuthorizeEvents(AuditLog audit)
{
    public ValueTask AppendAsync(Db db, HttpContext context, RegisteredClient client, Visitor who, AuthorizeRequest request) =>
        audit.AppendAsync(db, EventActions.AuthorizeApplication, "authentik.providers.oauth2", who.Actor(context), new JsonObject
        {
            ["authorized_application"] = new JsonObject
            {
                ["app"] = "authentik_core",
                ["model_name"] = "application",
                ["pk"] = client.Application!.Slug,
                ["name"] = client.Application.Name,
            },
            ["flow"] = client.Fields.AuthorizationFlow.ToString(),
            ["scopes"] = string.Join(' ', request.Scopes),
        });
}
