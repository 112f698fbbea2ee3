// What somebody says of herself, at the beginning of a sign-up and later.

import { adoptPicture } from '../../federation/adopt-picture.ts'
import { clearableText, optionalText } from '../../parameters/body.ts'
import { formFlag } from '../../parameters/form.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { changeClient } from '../../state/sessions/clients.ts'
import { sessionsOnClient } from '../../state/sessions/sessions.ts'
import {
  insertSignUp,
  requireSignUp,
  requireSignUpLocked,
  type SignUp,
  type SignUpColumns,
  updateSignUp,
} from '../../state/sessions/sign-ups.ts'
import type { ClientRequest } from '../frontend-request.ts'
import { provenByProvider } from '../callback/settle.ts'
import { requireAccountOfSignIn, transferredVerification } from '../callback/transfer.ts'
import { adoptAccount } from './adopt-account.ts'
import { completeIfReady } from './complete-sign-up.ts'
import { prepareVerification } from './prepare-verification.ts'
import { readSignUpForm } from './read-sign-up-form.ts'
import { invitedColumns, readTicket, requireSameAddress } from './invitation.ts'
import { requireAdmissible, requireOpenSignUp } from './require-admissible.ts'

/** Begins a sign-up in the place of the client's last one, and hands back its id. */
export async function createSignUp(request: ClientRequest): Promise<string> {
  const { instance, store, client } = request
  const { settings } = await instance.snapshot()
  if (settings.authentication.singleSession && (await sessionsOnClient(store, client.id)).length > 0) {
    throw new ClerkRefusal('session_exists', {})
  }
  const invited = await readTicket(request)
  if (invited === null) requireOpenSignUp(settings)
  if (formFlag(request.form, 'transfer') === true) return transferSignUp(request)
  const columns = await readSignUpForm(request)
  await requireAdmissible(store, settings, columns, invited !== null)
  const id = await store.atomically(async (inner) => {
    const invitation = invited === null ? {} : await invitedColumns(inner, client.id, invited, columns)
    const made = await insertSignUp(inner, client.id, { ...columns, ...placeOf(request), ...invitation })
    await changeClient(inner, client.id, { sign_up_id: made })
    await completeIfReady(request, inner, made)
    return made
  })
  await prepareNamed(request, id)
  return id
}

/** Begins a sign-up with the account that the client's sign-in could not go on with. */
async function transferSignUp(request: ClientRequest): Promise<string> {
  const { instance, store, client } = request
  const account = await requireAccountOfSignIn(request)
  const columns = await readSignUpForm(request)
  const { id: verificationId } = await transferredVerification(request, account)
  const signUpId = await store.atomically(async (inner) => {
    const id = await insertSignUp(inner, client.id, { ...columns, ...placeOf(request) })
    await changeClient(inner, client.id, { sign_up_id: id })
    await provenByProvider(account.strategy, verificationId, async () => account.id).spend(inner)
    await adoptAccount(request, inner, id, verificationId)
    return id
  })
  const { createdUserId } = await requireSignUp(store, client.id, signUpId)
  if (createdUserId !== null) await adoptPicture(instance, createdUserId)
  return signUpId
}

/** Changes what the form names. An address or number that changes has to be proven anew. */
export async function changeSignUp(request: ClientRequest, id: string): Promise<void> {
  const { instance, store, client } = request
  const { settings } = await instance.snapshot()
  const invited = await readTicket(request)
  const columns = await readSignUpForm(request)
  await store.atomically(async (inner) => {
    const signUp = await requireSignUpLocked(inner, id)
    await requireAdmissible(inner, settings, columns, invited !== null || signUp.ticket !== null)
    requireSameAddress(signUp, columns)
    const invitation = invited === null ? {} : await invitedColumns(inner, client.id, invited, columns)
    await updateSignUp(inner, id, { ...columns, ...unproven(signUp, columns), ...invitation })
    await completeIfReady(request, inner, id)
  })
  await prepareNamed(request, id)
}

/** Where the browser is, which it tells when a sign-up begins and never again. */
function placeOf({ form }: ClientRequest): SignUpColumns {
  return { timezone: clearableText(form, 'timezone') }
}

function unproven(signUp: SignUp, { email_address: email, phone_number: phone }: SignUpColumns): SignUpColumns {
  return {
    email_verification_id: email === undefined || email === signUp.emailAddress ? undefined : null,
    phone_verification_id: phone === undefined || phone === signUp.phoneNumber ? undefined : null,
  }
}

/** Sends the code at once where the form says by which strategy. */
async function prepareNamed(request: ClientRequest, id: string): Promise<void> {
  const strategy = optionalText(request.form, 'strategy') || null
  if (strategy === null || strategy === 'ticket') return
  const signUp = await requireSignUp(request.store, request.client.id, id)
  if (signUp.createdUserId === null) await prepareVerification(request, signUp, strategy)
}
