// A page with @clerk/react and no framework: the sign-in form, or who is signed in.

import { ClerkProvider, Show, SignIn, UserButton, useUser } from '@clerk/react'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

function Somebody() {
  const { user } = useUser()
  return createElement('p', { role: 'status' }, user?.primaryEmailAddress?.emailAddress)
}

const page = [
  createElement(Show, { key: 'out', when: 'signed-out' }, createElement(SignIn, { routing: 'hash' })),
  createElement(Show, { key: 'in', when: 'signed-in' }, createElement(Somebody), createElement(UserButton)),
]

createRoot(document.querySelector('#root')).render(
  createElement(
    ClerkProvider,
    {
      publishableKey: import.meta.env.VITE_CLERK_PUBLISHABLE_KEY,
      proxyUrl: import.meta.env.VITE_CLERK_PROXY_URL,
      __internal_clerkJSUrl: import.meta.env.VITE_CLERK_JS_URL,
      __internal_clerkUIUrl: import.meta.env.VITE_CLERK_UI_URL,
    },
    page,
  ),
)
