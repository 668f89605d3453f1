// The peer: npm oidc-provider with its own in-memory adapter, JWT access tokens, and a login that asks nothing.
// Arguments: algorithm, client id, client secret, redirect URI. Ends when its standard input does.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { Provider } from 'oidc-provider'

const [algorithm, clientId, clientSecret, redirectUri] = process.argv.slice(2)
const resource = 'https://api.home.example'
const scopes = 'profile email'

const pair = algorithm === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'bench', use: 'sig', alg: algorithm }

let handler
const server = createServer((request, response) => handler(request, response))
server.listen(0, '127.0.0.1', () => {
  const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
    clients: [{
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: algorithm,
    }],
    jwks: { keys: [jwk] },
    cookies: { keys: ['bench'] },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: scopes, audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: algorithm } } }),
      },
    },
    findAccount: (context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: 'Akadmin', preferred_username: id, email: 'akadmin@home.example', email_verified: true }),
    }),
    // implicit consent, as the server's default flow has it; one grant a session, because a code is refused once its session has another
    loadExistingGrant: async context => {
      const known = context.oidc.session.grantIdFor(context.oidc.client.clientId)
      if (known) return context.oidc.provider.Grant.find(known)
      const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId })
      grant.addOIDCScope('openid profile email')
      grant.addResourceScope(resource, scopes)
      await grant.save()
      return grant
    },
    interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
  })
  const callback = provider.callback()
  handler = (request, response) => request.url.startsWith('/interaction/')
    ? provider.interactionFinished(request, response, { login: { accountId: 'akadmin' } })
    : callback(request, response)
  console.log(`= ${server.address().port}`)
})

createInterface({ input: process.stdin }).on('close', () => process.exit(0))
