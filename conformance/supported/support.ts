// What works, what works partly, and what is not there; the source of SUPPORTED.md.

import { CLERK_ENDPOINTS } from './clerk-endpoints.ts'
import { QUERY_BUILDER } from './query-builder.ts'
import { REALTIME } from './realtime.ts'
import type { Area } from './render-supported.ts'
import { STORAGE } from './storage.ts'
import { STUDIO } from './studio.ts'

const SELECT = 'conformance/supabase-js/select.test.ts'
const TOKENS = 'conformance/tokens.test.ts'
const GATEWAY = 'conformance/gateway.test.ts'
const SIGN_IN = 'packages/clerk/src/frontend-api/sign-in/sign-in.db.test.ts'
const VERIFIER = 'packages/server/src/identity/verify/verifier.test.ts'
const REST_ALONE = 'conformance/rest-alone.test.ts'
const COMMANDS = 'conformance/commands.test.ts'
const POLICIES = 'examples/tasks-nextjs/supabase/policies.db.test.ts'

/** Every area, in the order of the document. */
export const SUPPORT: readonly Area[] = [
  {
    title: 'The two tutorials',
    features: [
      {
        name: 'Clerk as third-party auth: session tokens, `accessToken`',
        state: 'works',
        proof: 'conformance/main-job.test.ts',
      },
      { name: 'JWT template `supabase`, HS256 with the project’s JWT secret', state: 'works', proof: TOKENS },
      { name: '`requesting_user_id()`, `tasks` and its policies', state: 'works', proof: POLICIES },
      { name: 'Organisation role in policies, claims of version 1 and 2', state: 'works', proof: POLICIES },
      { name: 'Second factor in a restrictive policy (`fva`)', state: 'works', proof: POLICIES },
      {
        name: 'Custom Postgres role in the token',
        state: 'works',
        note: 'after `grant <role> to authenticator`; third parties also need `allowed_roles`',
        proof: TOKENS,
      },
      {
        name: 'The Next.js app: native integration, JWT template, server component and action',
        state: 'works',
        proof: 'conformance/browser/newcomer.test.ts',
      },
      { name: 'The app’s lists follow their tables live', state: 'works', proof: 'conformance/browser/live.test.ts' },
    ],
  },
  {
    title: 'Tokens and keys',
    features: [
      {
        name: 'Clerk, Firebase, Auth0, Cognito, WorkOS in upstream’s form; any issuer by `issuer_url`, `jwks_url` or `jwks`',
        state: 'works',
        proof: 'packages/server/src/identity/issuers/parse-issuers.test.ts',
      },
      { name: 'Several issuers at once, keys bound to their issuer', state: 'works', proof: VERIFIER },
      {
        name: 'Key rotation: refresh, unknown `kid`, stale-if-error, offline start',
        state: 'works',
        proof: 'packages/server/src/identity/keys/issuer-keys.test.ts',
      },
      { name: 'API keys of both generations', state: 'works', proof: TOKENS },
      { name: '`POST /platform/v1/tokens/explain`', state: 'works', proof: TOKENS },
      {
        name: 'Monthly third-party users (`GET /platform/v1/third-party-users`)',
        state: 'works',
        proof: 'packages/server/src/identity/active-users/active-user-counter.db.test.ts',
      },
      {
        name: 'Rotating the project’s own signing keys: standby, in use, previously used, revoked',
        state: 'works',
        note: 'from Studio or by `/platform/v1/signing-keys`; the JWT secret stays as it is',
        proof: 'conformance/studio/settings.test.ts',
      },
    ],
  },
  {
    title: 'REST (`/rest/v1`)',
    features: [
      { name: 'select, aliases, casts, JSON paths', state: 'works', proof: SELECT },
      {
        name: 'Embedding: to-one, to-many, many-to-many, views, nested, `!inner`, spreads',
        state: 'works',
        proof: SELECT,
      },
      {
        name: 'Addresses as long as `[api.limits] url`',
        state: 'works',
        note: 'above 8,000 bytes not repeated in `Content-Location`, which Node’s fetch could not take',
        proof: 'conformance/supabase-js/in.test.ts',
      },
      {
        name: 'The query in the body: `QUERY`, and `POST` with `X-HTTP-Method-Override: GET`',
        state: 'works',
        note: 'up to `[api.limits] query_body`',
        proof: 'packages/server/src/rest/dialect/raised.db.test.ts',
      },
      {
        name: 'New tables, columns, relationships and functions for the request right after their DDL',
        state: 'works',
        proof: 'packages/server/src/boot/parts/open-catalog.db.test.ts',
      },
      {
        name: 'OpenAPI 2.0, and 3.1 by Accept',
        state: 'works',
        note: 'wants a secret key where the project demands API keys',
        proof: 'packages/server/src/rest/describe/describe.test.ts',
      },
      {
        name: 'Fixes in hints: missing grants, deciding policies',
        state: 'works',
        note: 'in development only',
        proof: 'packages/server/src/rest/explained-refusals.db.test.ts',
      },
    ],
  },
  QUERY_BUILDER,
  {
    title: 'The REST door alone (`tenon rest`)',
    features: [
      {
        name: 'PostgREST’s configuration file, `PGRST_*` variables, in-database settings; `--dump-config`, `--dump-schema`, `--ready`, `--example`',
        state: 'works',
        proof: REST_ALONE,
      },
      {
        name: 'libpq’s connection strings and variables',
        state: 'partly',
        note: 'one host, no service file',
        proof: REST_ALONE,
      },
      {
        name: 'Unix sockets, special hosts, shared ports; waiting for the database; graceful shutdown',
        state: 'works',
        proof: REST_ALONE,
      },
      { name: 'Reload by SIGUSR1, SIGUSR2 and NOTIFY', state: 'works', proof: REST_ALONE },
      {
        name: 'Admin server: `/live`, `/ready`, `/metrics`, `/schema_cache`; logs',
        state: 'works',
        note: 'no metrics of the Haskell runtime',
        proof: REST_ALONE,
      },
      {
        name: 'Role in the token by JSON Path (RFC 9535) or the older notation',
        state: 'works',
        proof: 'packages/server/src/boot/rest-alone/token/json-path.test.ts',
      },
    ],
  },
  ...REALTIME,
  ...STORAGE,
  {
    title: 'Gateway',
    features: [
      {
        name: 'Routing, CORS, limits, request ids, `/health`, `/metrics`, graceful shutdown',
        state: 'works',
        proof: GATEWAY,
      },
      { name: 'Required API keys (`[api] require_apikey`)', state: 'works', proof: GATEWAY },
      {
        name: 'Secret keys refused in browsers (`[api] refuse_secret_keys_in_browsers`), key in the query',
        state: 'works',
        note: 'in production by default',
        proof: GATEWAY,
      },
      {
        name: '`/auth/v1` but for the public keys, `/functions/v1`, `/graphql/v1`',
        state: 'no',
        note: 'each answers 404 and says so',
      },
    ],
  },
  {
    title: 'Database',
    features: [
      {
        name: 'Embedded Postgres 18, as root too; crash of server or Postgres',
        state: 'works',
        proof: 'drills/crash.test.ts',
      },
      {
        name: 'A Postgres of your own, 15 to 18 (`--database-url`, `[db] url`)',
        state: 'works',
        note: 'missing privileges are named with the GRANT that gives them',
        proof: 'packages/server/src/database/engines/external/connect-external.db.test.ts',
      },
      {
        name: 'Roles, schemas, grants and functions of a Supabase project',
        state: 'partly',
        note: 'vault and graphql are schemas with owners; their tables come with their doors',
        proof: 'packages/server/src/database/bootstrap/bootstrap.db.test.ts',
      },
      {
        name: 'Migrations, `roles.sql`, seeds',
        state: 'works',
        proof: 'packages/server/src/boot/migrations/apply-migrations.db.test.ts',
      },
    ],
  },
  {
    title: 'Commands',
    features: [
      { name: '`start`, `stop`, `status [-o env\\|json]`', state: 'works', proof: COMMANDS },
      { name: '`db reset`, `db migrate`, `db query`', state: 'works', proof: COMMANDS },
      { name: 'Packed and installed elsewhere', state: 'works', proof: 'conformance/packed.test.ts' },
    ],
  },
  {
    title: 'Clerk: the official SDKs, unmodified',
    features: [
      {
        name: '`@clerk/nextjs`: production build and development server, `clerkMiddleware`, `auth()`, `currentUser()`, server actions',
        state: 'works',
        note: 'behind its own Frontend API proxy',
        proof: 'conformance/browser/server-rendering.test.ts',
      },
      { name: '`@clerk/nextjs` under `next dev`', state: 'works', proof: 'conformance/browser/development.test.ts' },
      {
        name: '`@clerk/react`',
        state: 'works',
        note: 'behind the page’s server or across origins',
        proof: 'conformance/browser/react.test.ts',
      },
      {
        name: '`@clerk/clerk-js` and `@clerk/ui`: `<SignUp/>`, `<SignIn/>`, `<UserButton/>`',
        state: 'works',
        note: 'icons of Google and GitHub come from Clerk’s own host and stay blank offline',
        proof: 'conformance/browser/newcomer.test.ts',
      },
      { name: '`<UserProfile/>`, reverification', state: 'works', proof: 'conformance/browser/user-profile.test.ts' },
      {
        name: '`<CreateOrganization/>`, `<OrganizationProfile/>`, `<OrganizationSwitcher/>`, `<OrganizationList/>`',
        state: 'works',
        proof: 'conformance/browser/organization-components.test.ts',
      },
      {
        name: 'Several sessions at once, switching between them',
        state: 'works',
        proof: 'conformance/browser/accounts.test.ts',
      },
      { name: '`@clerk/express`', state: 'works', proof: 'conformance/clerk-sdks/express.test.ts' },
      {
        name: '`@clerk/backend`',
        state: 'works',
        note: 'see the Backend API below',
        proof: 'conformance/clerk-backend/users.test.ts',
      },
      {
        name: '`@clerk/testing`: `clerkSetup`, `setupClerkTestingToken`, `clerk.signIn` with `signInParams`, `clerk.signOut`',
        state: 'partly',
        note: '`clerk.signIn({ emailAddress })` of 2.2.36 ignores `CLERK_API_URL` and always calls Clerk’s own host',
        proof: 'conformance/browser/testing-helpers.test.ts',
      },
    ],
  },
  {
    title: 'Clerk: signing up and in',
    features: [
      { name: 'E-mail code, phone code, username, password, password reset', state: 'works', proof: SIGN_IN },
      { name: 'E-mail link', state: 'works', proof: 'packages/clerk/src/frontend-api/sign-in/email-link.db.test.ts' },
      {
        name: 'Authenticator app, backup codes, phone as second factor',
        state: 'works',
        proof: 'packages/clerk/src/frontend-api/sign-in/second-factors.db.test.ts',
      },
      {
        name: 'Session tasks: choose an organization, set up a second factor, choose a new password',
        state: 'works',
        proof: 'packages/clerk/src/frontend-api/sign-in/access.db.test.ts',
      },
      {
        name: 'Lock-out, rate limits, enumeration protection',
        state: 'partly',
        note: 'counted by process; the time a sent letter takes is not equalised',
        proof: 'packages/clerk/src/frontend-api/sign-in/access.db.test.ts',
      },
      { name: 'A check of new passwords against known breaches', state: 'no', note: 'it would take the network' },
      { name: '`sign_up_if_missing`, client trust, Google One Tap', state: 'no' },
      { name: 'Passkeys', state: 'works', proof: 'packages/clerk/src/frontend-api/sign-in/passkey.db.test.ts' },
      {
        name: 'Tickets: invitations, organization invitations, sign-in tokens, impersonation',
        state: 'works',
        proof: 'packages/clerk/src/frontend-api/sign-in/tickets.db.test.ts',
      },
      {
        name: 'Google and GitHub by a local stand-in',
        state: 'works',
        proof: 'packages/clerk/src/frontend-api/callback/sign-in-with-provider.db.test.ts',
      },
      {
        name: 'Any OpenID Connect provider by configuration',
        state: 'works',
        proof: 'packages/clerk/src/federation/real-provider.db.test.ts',
      },
      {
        name: 'Restricted, waitlist, allow and block lists',
        state: 'partly',
        note: 'a short list of disposable domains',
        proof: 'packages/clerk/src/proof/restrictions/require-allowed-identifier.db.test.ts',
      },
      {
        name: 'Password digests that migrated users bring',
        state: 'partly',
        note: 'all of Clerk’s but `awscognito`; each becomes argon2id at the next sign-in',
        proof: 'packages/clerk/src/proof/passwords/password-digests.test.ts',
      },
      {
        name: 'Being an OAuth 2.1 and OpenID Connect provider',
        state: 'partly',
        note: 'code with PKCE, refresh, introspection, revocation, registration; no JWT access tokens, no `form_post`; whoever is signed out is asked to sign in at the application first',
        proof: 'conformance/clerk-backend/oauth-server.test.ts',
      },
    ],
  },
  {
    title: 'Clerk: tokens, instances, events',
    features: [
      {
        name: 'Session tokens v1, v2 and both; customised claims; `supabase` and other JWT templates, RS256 and HS256',
        state: 'works',
        proof: 'conformance/clerk-backend/session-tokens.test.ts',
      },
      {
        name: 'Minting sees revocation, bans and changes of organization at once',
        state: 'works',
        proof: 'packages/clerk/src/tokens/minting/mint-token.db.test.ts',
      },
      { name: 'Several instances by configuration', state: 'works', proof: 'conformance/clerk-instances.test.ts' },
      { name: 'Profiles', state: 'works', proof: 'packages/clerk/src/profiles/configure-instance.test.ts' },
      { name: 'Webhooks signed as Svix signs; `verifyWebhook`', state: 'works', proof: 'conformance/webhooks.test.ts' },
      {
        name: 'Retries, attempts, disabling, replay',
        state: 'works',
        proof: 'packages/clerk/src/outbox/webhooks/deliver-webhooks.db.test.ts',
      },
      {
        name: 'A kill between delivery and acknowledgement loses no event',
        state: 'works',
        proof: 'drills/webhooks.test.ts',
      },
      {
        name: 'Mirror of users, organizations and memberships, with backfill',
        state: 'works',
        note: 'exactly once, in any order',
        proof: 'conformance/clerk-mirror.test.ts',
      },
      {
        name: 'Development mailbox, page and JSON',
        state: 'works',
        note: 'the last 500 messages',
        proof: 'conformance/mailbox.test.ts',
      },
    ],
  },
  ...STUDIO,
  ...CLERK_ENDPOINTS,
]
