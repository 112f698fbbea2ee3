// Where to go once signed in: nowhere but to an address of this origin.

const HERE = 'http://here'

/** The path of `wanted` where it stays on this origin, else the home page. */
export function nextPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, HERE)) return '/'
  const { origin, pathname, search } = new URL(wanted, HERE)
  const path = pathname + search
  return origin === HERE && !path.startsWith('//') && !pathname.startsWith('/sign-') ? path : '/'
}
