// A real OpenID provider (panva's oidc-provider): node panva.mjs PORT REDIRECT_URI
// Whoever signs in by its own forms is who they say they are, with a verified address.
import { createServer } from 'node:http';

import { Provider } from 'oidc-provider';

const [port, redirectUri] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'focusguard',
      client_secret: 'a-secret-of-the-client',
      redirect_uris: [redirectUri],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  pkce: { required: () => true },
  cookies: { keys: ['of-this-process-alone'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: `${id}@provider.example`,
      email_verified: true,
      name: id,
    }),
  }),
  // A page of our own would need nothing more than these forms have.
  features: { devInteractions: { enabled: true } },
});

createServer(provider.callback()).listen(Number(port), '127.0.0.1', () => {
  console.log(`listening at ${issuer}`);
});
