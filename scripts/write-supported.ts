// Writes SUPPORTED.md from the support matrix.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { renderSupported } from '../conformance/supported/render-supported.ts'
import { SUPPORT } from '../conformance/supported/support.ts'

writeFileSync(join(import.meta.dirname, '..', 'SUPPORTED.md'), renderSupported(SUPPORT))
