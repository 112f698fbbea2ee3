// Each endpoint of the Clerk-compatible instance, taken from the lists that are mounted, so that the document and the
// server cannot disagree about what is there.

import { backendEndpoints } from '../../packages/clerk/src/backend-api/backend-api.ts'
import { frontendEndpoints } from '../../packages/clerk/src/frontend-api/frontend-api.ts'
import { clerkGaps, clerkProofs, type Proven } from './clerk-proofs.ts'
import type { Area, Feature } from './render-supported.ts'

interface Mounted {
  readonly method: string
  readonly path: string
}

/** What Clerk has and this instance refuses by the feature's name: 403 `feature_not_enabled`. */
const refused: readonly Feature[] = [
  'satellite domains (`/v1/client/sync`, `/v1/client/link`)',
  'SAML and enterprise connections',
  'web3 wallets',
  'trusted devices',
  'billing',
  'API keys, machines, M2M tokens',
  'agents',
  'SCIM, e-mail and SMS templates, proxy checks',
  'several role sets, transactional e-mail, verification of addresses and numbers by the Backend API',
].map((name) => ({ name, state: 'no', note: '403 `feature_not_enabled`' }))

/** One line for each path, with the methods it takes; then what is refused. */
export const CLERK_ENDPOINTS: readonly Area[] = [
  {
    title: 'Clerk: Frontend API, endpoint by endpoint',
    features: rows(frontendEndpoints, clerkProofs.frontend),
  },
  {
    title: 'Clerk: Backend API, endpoint by endpoint (under `/backend/v1`)',
    features: rows(backendEndpoints, clerkProofs.backend),
  },
  { title: 'Clerk: not offered', features: refused },
]

function rows(mounted: readonly Mounted[], proofs: readonly Proven[]): readonly Feature[] {
  const methods = new Map<string, string[]>()
  for (const { method, path } of mounted.filter((endpoint) => !isRefused(endpoint))) {
    methods.set(path, [...(methods.get(path) ?? []), method])
  }
  return [...methods].map(([path, verbs]) => rowOf(path, verbs, proofs))
}

/** Refused endpoints take every method alike. */
function isRefused({ path }: Mounted): boolean {
  return /\/(billing|web3_wallets|trusted_devices|saml|api_keys|enterprise_connections|tokens\/\*)|^\/v1\/(me\/tokens|agents|account_portal|client\/(sync|link|hosted_auth))/.test(
    path,
  )
}

function rowOf(path: string, verbs: readonly string[], proofs: readonly Proven[]): Feature {
  const name = `\`${[...new Set(verbs)].join(', ')} ${path}\``
  const [proven] = proofs
    .filter(({ under }) => path.startsWith(under))
    .toSorted((one, other) => other.under.length - one.under.length)
  const proof = proven?.proof ?? ''
  const note = clerkGaps[path]
  return note === undefined ? { name, state: 'works', proof } : { name, state: 'partly', note, proof }
}
