import { fileSource, limits, type Fault, type Watch } from '../base/index.ts'
import type { Thread } from '../claims/index.ts'
import { readInventoryToml, type CheckedEntries } from '../inventory/index.ts'
import { claimParties } from './claim-parties.ts'
import { wholeBytes } from './items.ts'
import { collectLoose, looseFiles, type RoleChooser } from './loose-files.ts'
import { readClaim } from './read-claim.ts'

/** Threads of the posts, articles, exports and screenshots under `paths`. Opens neither workspace nor lake. */
export async function claimFiles(options: {
  readonly paths: readonly string[]
  readonly zone?: string
  /** An `inventory.toml` whose vendors and systems are compared with the victims. */
  readonly inventory?: string
  /** Our own name, where no case file says it: words that list us as a customer are found by it. */
  readonly operator?: string
  readonly watch: Watch
}): Promise<{ threads: readonly Thread[]; faults: readonly Fault[] }> {
  const files = await looseFiles({ paths: options.paths, role: asClaim, watch: options.watch })
  try {
    const { items, faults } = await collectLoose(files, 'posts, articles or screenshots')
    const zone = options.zone ?? files.settings.zone ?? ''
    const estate = options.inventory === undefined ? undefined : await estateOf(options.inventory)
    const operator = options.operator ?? files.settings.operator
    const read = await readClaim({
      items,
      zone,
      ...(estate === undefined ? {} : { parties: claimParties(estate.entries) }),
      ...(operator === undefined ? {} : { operator }),
      watch: options.watch,
    })
    return { threads: read.threads, faults: [...faults, ...(estate?.faults ?? []), ...read.faults] }
  } finally {
    await files.release()
  }
}

async function estateOf(path: string): Promise<Pick<CheckedEntries, 'entries' | 'faults'>> {
  const source = await fileSource(path)
  return readInventoryToml(Buffer.from(await wholeBytes(source, limits.documentBytes)).toString('utf8'), path)
}

const asClaim: RoleChooser = (identified, rule) => {
  if (rule.role !== undefined) return rule.role === 'claim' || rule.role === 'screenshot' ? rule.role : undefined
  if (identified.claim === true) return 'claim'
  switch (identified.kind) {
    case 'pdf':
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
