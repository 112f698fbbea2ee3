// A Clerk domain as people paste it, and what is probably meant where it is none.

/** The bare host: no scheme, no path, lower case. */
export function clerkHost(pasted: string): string {
  return pasted
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
    .toLowerCase()
}

/** One sentence that tells where the right domain is found, with the likely one where the wrong one tells it. */
export function clerkDomainFix(host: string): string {
  const where =
    'In Clerk’s dashboard it stands under Connect with Supabase: example.clerk.accounts.dev, or clerk.example.com in production.'
  const meant = likely(host)
  return meant === null ? where : `Did you mean ${meant}? ${where}`
}

function likely(host: string): string | null {
  const portal = /^([a-z0-9-]+)\.accounts\.dev$/.exec(host)?.[1]
  if (portal !== undefined) return `${portal}.clerk.accounts.dev`
  const production = /^(?:accounts\.|www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})$/.exec(host)?.[1]
  return production === undefined || production.endsWith('clerk.accounts.dev') ? null : `clerk.${production}`
}
