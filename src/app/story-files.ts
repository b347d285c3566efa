import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fault, Watch } from '../base/index.ts'
import { withContainment, type Attribution, type StoryAnswer } from '../intrusion/index.ts'
import type { NotLoaded } from '../sigma/index.ts'
import { openLake } from '../store/index.ts'
import { asLog } from './detect-files.ts'
import { readEstate } from './estate.ts'
import { lakeTables } from './lake-tables.ts'
import { collectLoose, looseFiles, type RoleChooser } from './loose-files.ts'
import { readLogs } from './read-logs.ts'
import { readRules } from './rule-files.ts'

/** Logs, and the inventory beside them: it says where which data lies. */
const asLogOrInventory: RoleChooser = (identified, rule) => {
  if (rule.role === 'inventory') return 'inventory'
  return asLog(identified, rule)
}

/** The attack stories in logs, over a lake that is gone afterwards. */
export async function storyFiles(options: {
  readonly paths: readonly string[]
  readonly rules: readonly string[]
  readonly zone?: string
  readonly watch: Watch
}): Promise<
  StoryAnswer & {
    readonly attribution?: Attribution
    readonly notLoaded: readonly NotLoaded[]
    readonly faults: readonly Fault[]
  }
> {
  const { watch } = options
  const { notLoaded, ...rules } = await readRules(options.rules)
  const files = await looseFiles({ paths: options.paths, role: asLogOrInventory, watch })
  const directory = await mkdtemp(join(tmpdir(), 'breachline-lake-'))
  try {
    const { items: all, faults } = await collectLoose(files, 'logs')
    const items = all.filter((item) => item.role !== 'inventory')
    const estate = await readEstate(all)
    const lake = await openLake({ directory, tables: lakeTables })
    try {
      const read = await readLogs({
        items,
        rules,
        lake,
        zone: options.zone ?? files.settings.zone ?? '',
        inventory: estate.entries,
        watch,
      })
      return {
        ...withContainment(read.stories, estate.entries),
        ...(read.attribution === undefined ? {} : { attribution: read.attribution.attribution }),
        notLoaded,
        faults: [...faults, ...estate.faults, ...read.faults],
      }
    } finally {
      await lake.close()
    }
  } finally {
    await files.release()
    await rm(directory, { recursive: true, force: true })
  }
}
