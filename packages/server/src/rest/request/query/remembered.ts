// Texts that come again and again, parsed once: the shapes an application asks for are few.

/** Longer texts are parsed each time, so that the memory stays bounded. Characters. */
const longestText = 2048

/**
 * The function with its results kept by text, `capacity` of them; when full, one not asked for lately goes.
 * `parse` must be pure, its result never changed and never undefined. Refusals are not kept.
 */
export function remembered<Value>(parse: (text: string) => Value, capacity: number): (text: string) => Value {
  const results = new Map<string, Value>()
  return (text) => {
    const known = results.get(text)
    if (known !== undefined) {
      if (results.size >= capacity) {
        results.delete(text)
        results.set(text, known)
      }
      return known
    }
    const value = parse(text)
    if (text.length > longestText) return value
    if (results.size >= capacity) results.delete(results.keys().next().value ?? '')
    results.set(text, value)
    return value
  }
}
