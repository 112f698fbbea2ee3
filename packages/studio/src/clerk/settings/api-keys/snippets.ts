// The variables of an app, by the names its SDK reads.

import type { ClerkInstance } from '../../../api/clerk/instances.ts'

export const frameworks = ['Next.js', 'React', 'Express'] as const

export type Framework = (typeof frameworks)[number]

/** The lines of a `.env` file. `secret` stands for the secret key; the page of a browser app has none. */
export function snippetFor(framework: Framework, instance: ClerkInstance, secret: string): string {
  const lines = variables[framework](instance, secret)
  return lines.map(([name, value]) => `${name}=${value}`).join('\n')
}

type Lines = readonly (readonly [name: string, value: string])[]

const variables: Readonly<Record<Framework, (instance: ClerkInstance, secret: string) => Lines>> = {
  'Next.js': ({ publishableKey, backendApiUrl, frontendApiUrl }, secret) => [
    ['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY', publishableKey],
    ['CLERK_SECRET_KEY', secret],
    ['CLERK_API_URL', backendApiUrl],
    ['CLERK_FAPI_URL', frontendApiUrl],
    ['NEXT_PUBLIC_CLERK_PROXY_URL', '/__clerk'],
    ['NEXT_PUBLIC_CLERK_SIGN_IN_URL', '/sign-in'],
    ['NEXT_PUBLIC_CLERK_SIGN_UP_URL', '/sign-up'],
    ['NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED', '1'],
    ['NEXT_PUBLIC_CLERK_KEYLESS_DISABLED', '1'],
  ],
  React: ({ publishableKey, frontendApiUrl }) => [
    ['VITE_CLERK_PUBLISHABLE_KEY', publishableKey],
    ['CLERK_FRONTEND_API_URL', frontendApiUrl],
  ],
  Express: ({ publishableKey, backendApiUrl, frontendApiUrl }, secret) => [
    ['CLERK_PUBLISHABLE_KEY', publishableKey],
    ['CLERK_SECRET_KEY', secret],
    ['CLERK_API_URL', backendApiUrl],
    ['CLERK_PROXY_URL', frontendApiUrl],
    ['CLERK_TELEMETRY_DISABLED', '1'],
  ],
}
