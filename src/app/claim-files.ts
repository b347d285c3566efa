import type { Fault, Watch } from '../base/index.ts'
import type { Thread } from '../claims/index.ts'
import { collectLoose, looseFiles, type RoleChooser } from './loose-files.ts'
import { readClaim } from './read-claim.ts'

/** Threads of the posts, articles, exports and screenshots under `paths`. Opens neither workspace nor lake. */
export async function claimFiles(options: {
  readonly paths: readonly string[]
  readonly zone?: string
  readonly watch: Watch
}): Promise<{ threads: readonly Thread[]; faults: readonly Fault[] }> {
  const files = await looseFiles({ paths: options.paths, role: asClaim, watch: options.watch })
  try {
    const { items, faults } = await collectLoose(files, 'posts, articles or screenshots')
    const zone = options.zone ?? files.settings.zone ?? ''
    const read = await readClaim({ items, zone, watch: options.watch })
    return { threads: read.threads, faults: [...faults, ...read.faults] }
  } finally {
    await files.release()
  }
}

const asClaim: RoleChooser = (identified, rule) => {
  if (rule.role !== undefined) return rule.role === 'claim' || rule.role === 'screenshot' ? rule.role : undefined
  switch (identified.kind) {
    case 'telegram':
    case 'html':
    case 'markdown':
    case 'text':
      return 'claim'
    case 'png':
    case 'jpeg':
    case 'webp':
    case 'gif':
      return 'screenshot'
    default:
      return undefined
  }
}
