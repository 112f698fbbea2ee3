// Class lists whose later names win over earlier ones of the same kind.

import { clsx, type ClassValue } from 'clsx'
import { twMerge } from 'tailwind-merge'

export function classes(...names: readonly ClassValue[]): string {
  return twMerge(clsx(names))
}
