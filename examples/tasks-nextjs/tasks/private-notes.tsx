'use client'

import { useAuth } from '@clerk/nextjs'
import Link from 'next/link'

import { useNativeClient } from '../clients/native-client'
import { AddForm } from './add-form'
import { RefusalNote } from './refusal-note'
import { useRows } from './use-rows'

interface Note {
  readonly id: number
  readonly body: string
}

/** Notes anybody may write for herself, which a restrictive policy shows only after a second factor. */
export function PrivateNotes() {
  const client = useNativeClient()
  const { sessionClaims } = useAuth()
  const { rows, refusal, change } = useRows<Note>(client, 'private_notes')
  // Minutes since the first and since the second factor; -1 where there was none.
  const [, secondFactor] = sessionClaims?.fva ?? [-1, -1]

  return (
    <section aria-label="Private notes">
      <h2>Private notes</h2>
      {secondFactor === -1 && (
        <p className="quiet">
          Locked: what you write here is kept, and shown only after a second factor. Turn on two-step verification under{' '}
          <Link href="/user/security">Security</Link>, or sign in again with its code.
        </p>
      )}
      <ul>
        {rows?.map(({ id, body }) => (
          <li key={id}>{body}</li>
        ))}
      </ul>
      <AddForm label="New note" add={async (body) => await change(client.from('private_notes').insert({ body }))} />
      <RefusalNote refusal={refusal} />
    </section>
  )
}
