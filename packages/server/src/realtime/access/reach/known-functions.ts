// The functions that policies read the token and the topic with, where they are what the bootstrap and upstream make them.

/** A function of the database: `schema.name` and its body. */
export interface FoundFunction {
  readonly name: string
  readonly body: string
}

const CLAIMS = `nullif(current_setting('request.jwt.claims', true), '')`

/** Bodies by name; spaces, brackets and a final cast to text make no difference. */
const BODIES: ReadonlyMap<string, string> = new Map([
  ['auth.jwt', `select coalesce(nullif(current_setting('request.jwt.claim', true), ''), ${CLAIMS})::jsonb`],
  ['auth.uid', bodyOfClaim('sub', '::uuid')],
  ['auth.role', bodyOfClaim('role')],
  ['auth.email', bodyOfClaim('email')],
  ['realtime.topic', `select nullif(current_setting('realtime.topic', true), '')`],
])

function bodyOfClaim(claim: string, cast = ''): string {
  return `select coalesce(nullif(current_setting('request.jwt.claim.${claim}', true), ''), ${CLAIMS}::jsonb ->> '${claim}')${cast}`
}

/** Names of those that do what their name says. */
export function knownFunctions(found: readonly FoundFunction[]): ReadonlySet<string> {
  return new Set(found.filter(({ name, body }) => bare(body) === bare(BODIES.get(name) ?? '')).map(({ name }) => name))
}

function bare(body: string): string {
  return body
    .toLowerCase()
    .replaceAll(/[\s();]/gu, '')
    .replace(/::text$/u, '')
}
