// What stands in place of a screen that is not there, or that broke.

import { Link, useRouter } from '@tanstack/react-router'

import { Button } from '../ui/button.tsx'
import { Empty, Page } from '../ui/display/page.tsx'
import { RefusalNote } from '../ui/display/refusal-note.tsx'

export function NotFound() {
  return (
    <Page title="No such screen">
      <Empty
        title="Nothing stands at this address."
        action={
          <Link to="/" className="text-brand underline">
            Home
          </Link>
        }
      />
    </Page>
  )
}

export function ScreenFailed({ error }: { readonly error: unknown }) {
  const router = useRouter()
  return (
    <Page title="This screen could not be shown">
      <RefusalNote error={error} />
      <div>
        <Button onClick={() => void router.invalidate()}>Try again</Button>
      </div>
    </Page>
  )
}
