// Whether a bucket's list of types has a type on it.

/** `image/png` of `Image/PNG; q=1`. */
export function essenceOf(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** A pattern may end in `/*`, and `*` is any type; parameters are passed over on both sides. A list that is empty or null allows all. */
export function isAllowed(type: string, list: readonly string[] | null): boolean {
  if (list === null || list.length === 0) return true
  const essence = essenceOf(type)
  const [top, sub] = essence.split('/')
  if (top === '' || sub === undefined || sub === '') return false
  return list.some((pattern) => {
    const allowed = essenceOf(pattern)
    return allowed === essence || allowed === '*/*' || allowed === '*' || allowed === `${top}/*`
  })
}
