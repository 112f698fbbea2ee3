// Entity tags as stores write them.

/** Without its quotes; empty where there is none. */
export function etagOf(quoted: string | undefined): string {
  return (quoted ?? '').replaceAll('"', '')
}
