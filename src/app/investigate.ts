import { rmSync } from 'node:fs'
import { parseIso, type Watch } from '../base/index.ts'
import { appendCustody, sweepDrafts, type Signer } from '../evidence/index.ts'
import { analyse } from './analyse.ts'
import type { Answer } from './answer.ts'
import { readCaseFolder, type CaseFolder } from './case-folder.ts'
import type { FileRule } from './case-settings.ts'
import { keepCasePasswords } from './case-passwords.ts'
import { caseIdFrom, openCase, type CaseInfo, type CaseStore } from './case-store.ts'
import { takeIn } from './items.ts'
import { packageVersion } from './package-root.ts'
import type { Workspace } from './workspace.ts'

/** What `investigate` is given. */
export interface InvestigationOptions {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly paths: readonly string[]
  readonly roles: readonly FileRule[]
  /** Case to add to; made from the title of the case settings or the folder's name when absent. */
  readonly caseId?: string
  /** Zone assumed for times that state none; wins over the case settings. */
  readonly zone?: string
  readonly rules: readonly string[]
  /** Of encrypted archives; kept with the keys for this case, so that its cites open later. */
  readonly passwords?: readonly string[]
  readonly watch: Watch
}

/**
 * The whole chain: files in, exhibits, answers, findings. Interrupted at any moment it can be run again: what was taken in and
 * loaded counts, nothing is doubled.
 */
export async function investigate(options: InvestigationOptions): Promise<Answer> {
  const { workspace, signer, watch } = options
  const folder = await readCaseFolder(options.paths, options.roles)
  const settings = folder.settings.case ?? {}
  const id = options.caseId ?? settings.id ?? caseIdFrom(settings.title ?? folder.label)
  const store = openCase(workspace, id, { create: true })
  try {
    sweepDrafts(store.directory)
    if (options.passwords !== undefined) keepCasePasswords(workspace, id, options.passwords)
    describe({ store, folder, signer, now: workspace.world.now(), ...(options.zone === undefined ? {} : { zone: options.zone }) })
    const faults = await takeIn({ store, folder, signer, now: workspace.world.now(), version: packageVersion(), watch })
    return await analyse({ workspace, store, signer, rules: options.rules, faults, watch })
  } finally {
    store.close()
  }
}

/** Answers a case again from its own evidence after deleting the lake: the findings keep their ids. */
export async function rebuild(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly rules: readonly string[]
  readonly watch: Watch
}): Promise<Answer> {
  const { workspace, signer, caseId, rules, watch } = options
  const store = openCase(workspace, caseId)
  try {
    rmSync(workspace.path('lake'), { recursive: true, force: true })
    return await analyse({ workspace, store, signer, rules, faults: [], watch })
  } finally {
    store.close()
  }
}

/** Writes down what the case settings say about the case; what was said before stays where they are silent. */
function describe(options: { store: CaseStore; folder: CaseFolder; signer: Signer; now: string; zone?: string }): void {
  const { store, folder, signer, now, zone } = options
  const settings = folder.settings.case ?? {}
  const before = store.info()
  const first = before.openedAt === ''
  const info: Omit<CaseInfo, 'id'> = {
    title: settings.title ?? (before.title || folder.label),
    operator: settings.operator ?? before.operator,
    zone: zone ?? settings.zone ?? before.zone,
    country: settings.country ?? before.country,
    jurisdictions: settings.jurisdictions ?? before.jurisdictions,
    roles: settings.roles ?? before.roles,
    ...knownFrom(settings.known_from ?? before.knownFrom),
    significantHarm: settings.significant_harm ?? before.significantHarm,
    generated: settings.generated ?? before.generated,
    openedAt: first ? (parseIso(settings.opened ?? '', zone ?? settings.zone)?.at ?? now) : before.openedAt,
  }
  store.db.transaction(() => {
    store.setInfo(info)
    if (first)
      appendCustody(store.db, { at: now, act: 'case-opened', by: [signer], detail: { case: store.id, title: info.title } })
  })
}

function knownFrom(report: string | undefined): Pick<CaseInfo, 'knownFrom'> {
  return report === undefined || report === '' ? {} : { knownFrom: report }
}
