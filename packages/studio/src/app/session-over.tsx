// Over whatever screen is open, once its session has ended: how to sign in again without losing what was typed.

import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { AlertDialog as Radix } from 'radix-ui'
import { useEffect } from 'react'

import { request } from '../api/request.ts'
import { tellSession, useSession } from '../api/session.ts'
import { Button } from '../ui/button.tsx'
import { CopyValue } from '../ui/display/copy.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'

/** Asks again whenever the page is looked at: whoever signed in elsewhere comes back to a page that works. */
export function SessionOver() {
  const over = useSession() === 'over'
  const check = useCheck()
  const { mutate } = check
  useEffect(() => {
    if (!over) return
    const again = () => mutate()
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  }, [over, mutate])
  return (
    <Radix.Root open={over} onOpenChange={(open) => !open && tellSession('open')}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-black/45" />
        <Radix.Content className="fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-lg border border-line bg-surface p-5 shadow-xl">
          <HowToGoOn check={check} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function HowToGoOn({ check }: { readonly check: Check }) {
  return (
    <>
      <Radix.Title className="text-base font-semibold">Your session is over</Radix.Title>
      <Radix.Description className="text-sm text-quiet">
        A session ends when the server restarts, or when you sign out. What you typed on this page is still here: sign
        in again in another tab of this browser, come back, and press the same button once more.
      </Radix.Description>
      <p className="text-sm">
        <a href="/sign-in" target="_blank" rel="noreferrer" className="text-brand underline">
          Sign in in another tab
        </a>{' '}
        with the password of this Studio, or open the link that this command prints:
      </p>
      <CopyValue label="the command" value="tenon studio" />
      <RefusalNote error={check.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Radix.Cancel asChild>
          <Button>Back to the page</Button>
        </Radix.Cancel>
        <Button variant="primary" busy={check.isPending} onClick={() => check.mutate()}>
          I have signed in
        </Button>
      </div>
    </>
  )
}

type Check = UseMutationResult<unknown, Error, void>

/** What could not be read in the meantime is read anew; what stands on the page stays. */
function useCheck(): Check {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async () => await request('GET', '/platform/v1/project'),
    onSuccess: async () => {
      tellSession('open')
      await client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' })
    },
  })
}
