// The variables a Next.js app reads, by the names its SDKs look for, made from those of a running stack.

type Lines = Readonly<Record<string, string>>

/** What does not depend on the stack: the app passes on what browsers ask its Frontend API, and has pages to sign in. */
const always: Lines = {
  NEXT_PUBLIC_CLERK_PROXY_URL: '/__clerk',
  NEXT_PUBLIC_CLERK_SIGN_IN_URL: '/sign-in',
  NEXT_PUBLIC_CLERK_SIGN_UP_URL: '/sign-up',
  NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: '1',
  NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
}

/** The app's name for each variable of the stack. */
const renamed: Lines = {
  NEXT_PUBLIC_SUPABASE_URL: 'API_URL',
  NEXT_PUBLIC_SUPABASE_KEY: 'PUBLISHABLE_KEY',
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'CLERK_PUBLISHABLE_KEY',
  CLERK_SECRET_KEY: 'CLERK_SECRET_KEY',
  CLERK_API_URL: 'CLERK_API_URL',
  CLERK_FAPI_URL: 'CLERK_FRONTEND_API_URL',
}

/** The variables of the app. Without a built-in Clerk instance they are Supabase's alone. */
export function appVariables(lines: Lines): Lines {
  const named = Object.entries(renamed).flatMap(([name, source]) => {
    const value = lines[source]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(named), ...(lines['CLERK_PUBLISHABLE_KEY'] !== undefined && always) }
}
