// Runs before every page: tells the server who asks. Where CLERK_FAPI_URL names a Frontend API, requests below
// `/__clerk` are passed on to it, so that the browser sees this one origin.

import { clerkMiddleware } from '@clerk/nextjs/server'

export default clerkMiddleware({ frontendApiProxy: { enabled: process.env.CLERK_FAPI_URL !== undefined } })

/** Everything but Next's own files. `/__clerk` must be matched, its scripts too. */
export const config = { matcher: ['/((?!_next/|icon.svg).*)'] }
