// The beginning of a sign-in: as many steps of it as the first form already has the answers for.

import { requireUnlocked } from '../../directory/sessions/lock-out.ts'
import { optionalText } from '../../parameters/body.ts'
import { formFlag } from '../../parameters/form.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { ownerOf } from '../../federation/owner-of.ts'
import { requireAllowedIdentifier } from '../../proof/restrictions/require-allowed-identifier.ts'
import { changeClient } from '../../state/sessions/clients.ts'
import type { ChangeableSettings } from '../../state/instance/instance-settings.ts'
import { sessionsOnClient } from '../../state/sessions/sessions.ts'
import { insertSignIn, updateSignIn } from '../../state/sessions/sign-ins.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import { identifyingColumns, keepOrphan } from '../callback/keep-account.ts'
import { provenByProvider } from '../callback/settle.ts'
import { requireAccountOfSignUp, transferredVerification } from '../callback/transfer.ts'
import type { ClientRequest } from '../frontend-request.ts'
import { passFirstFactor } from './advance.ts'
import { attemptFirstFactor } from './attempt-first-factor.ts'
import type { FactorStrategy, Person } from './factor.ts'
import { requireFirstFactor } from './first-factors.ts'
import { type Identifier, requireIdentified, requireIdentifier } from './identify.ts'
import { requireOffered } from './require-offered.ts'
import { requireSignedOut } from './require-signed-out.ts'

type Restrictions = ChangeableSettings['restrictions']

/** Begins a sign-in in the place of the client's last one, and hands back its id. */
export async function createSignIn(request: ClientRequest): Promise<string> {
  await requireRoom(request)
  const { form } = request
  if (formFlag(form, 'transfer') === true) return transferSignIn(request)
  const name = optionalText(form, 'strategy') || null
  const identifier = optionalText(form, 'identifier') || null
  if (identifier !== null) return identified(request, identifier, name)
  if (name === null) return begin(request, null, null)
  return unidentified(request, requireFirstFactor(name))
}

/** Refuses a second session where the instance allows one a client. */
async function requireRoom({ instance, store, client }: ClientRequest): Promise<void> {
  const { authentication } = (await instance.snapshot()).settings
  if (authentication.singleSession && (await sessionsOnClient(store, client.id)).length > 0) {
    throw new ClerkRefusal('session_exists', {})
  }
}

async function identified(request: ClientRequest, text: string, name: string | null): Promise<string> {
  const { instance, store } = request
  const { authentication, restrictions } = (await instance.snapshot()).settings
  const identifier = requireIdentifier(authentication, text)
  await requireListed(store, restrictions, identifier)
  const person = await requireIdentified(store, authentication, identifier)
  await requireSignedOut(store, request.client.id, person.user.id)
  if (!person.isPhantom && person.user.banned) throw new ClerkRefusal('user_banned', {})
  requireUnlocked(store, person.user)
  const strategy = name === null ? null : requireFirstFactor(name)
  if (name !== null && strategy !== null) requireOffered(name, strategy, person, authentication)
  const id = await begin(request, identifier.value, person)
  if (strategy !== null) await goOn(request, id, strategy, person)
  return id
}

/** Refuses who is kept out by the lists, unless the instance asks them about sign-ups alone. */
async function requireListed(store: Store, restrictions: Restrictions, { kind, value }: Identifier): Promise<void> {
  if (kind === 'username' || restrictions.allowlistBlocklistDisabledOnSignIn) return
  // The forms of addresses matter where one is chosen, and not where it is used.
  const lists = {
    ...restrictions,
    blockEmailSubaddresses: false,
    blockDisposableEmailDomains: false,
    ignoreDotsForGmailAddresses: false,
  }
  await requireAllowedIdentifier(store, lists, { type: kind, value })
}

/** Strategies that find out by themselves who somebody is: tickets, other providers, passkeys. */
async function unidentified(request: ClientRequest, strategy: FactorStrategy): Promise<string> {
  if (strategy.identifies !== true) throw new ClerkRefusal('form_param_missing', { param: 'identifier' })
  const id = await begin(request, null, null)
  await goOn(request, id, strategy, null)
  return id
}

/** Prepares what has to be prepared, or attempts what has not. */
async function goOn(
  request: ClientRequest,
  id: string,
  strategy: FactorStrategy,
  person: Person | null,
): Promise<void> {
  if (strategy.prepare === undefined) {
    await attemptFirstFactor(request, id, strategy, { person, verification: null })
    return
  }
  const { id: verificationId } = await strategy.prepare(request, person)
  await updateSignIn(request.store, id, { first_verification_id: verificationId })
}

/** Signs in whoever has the account that the client's sign-up could not go on with. */
async function transferSignIn(request: ClientRequest): Promise<string> {
  const { store } = request
  const account = await requireAccountOfSignUp(request)
  const { strategy } = account
  const owner = await ownerOf(store, strategy, identifyingColumns(account))
  if (owner.kind !== 'connected' && owner.kind !== 'vouched') throw new ClerkRefusal('account_transfer_invalid', {})
  requireUnlocked(store, await requireUser(store, owner.userId))
  const id = await begin(request, null, null)
  const { id: verificationId } = await transferredVerification(request, account)
  await updateSignIn(store, id, { first_verification_id: verificationId })
  const keep = (inner: Store): Promise<string> => keepOrphan(inner, owner, account.id)
  await passFirstFactor(request, store, id, owner.userId, provenByProvider(strategy, verificationId, keep))
  return id
}

async function begin(
  { store, client }: ClientRequest,
  identifier: string | null,
  person: Person | null,
): Promise<string> {
  return store.atomically(async (inner) => {
    const id = await insertSignIn(inner, client.id, {
      status: person === null ? 'needs_identifier' : 'needs_first_factor',
      identifier,
      user_id: person === null || person.isPhantom ? null : person.user.id,
    })
    await changeClient(inner, client.id, { sign_in_id: id })
    return id
  })
}
