// Reads `[realtime]`: Supabase's keys, and ours.

import { defaultRealtimeConfig as defaults, type RealtimeConfig } from '../../realtime/config.ts'
import type { ConfigSection } from './section.ts'

/** `ip_version` and `max_header_length` are of upstream's container and mean nothing here. */
export function readRealtime(section: ConfigSection): RealtimeConfig {
  section.string('ip_version', 'IPv4')
  section.integer('max_header_length', 4096, 1, Number.MAX_SAFE_INTEGER)
  return { ...defaults, enabled: section.boolean('enabled', true) }
}
