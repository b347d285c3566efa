import { existsSync } from 'node:fs'
import { UserError } from '../base/index.ts'
import { addPerson, appendCustody, exhibits, type Exhibit, type Person, type Signer } from '../evidence/index.ts'
import type { Fault, Watch } from '../base/index.ts'
import { readCaseFolder } from './case-folder.ts'
import type { FileRule, Role } from './case-settings.ts'
import { caseIdFrom, openCase, type CaseInfo } from './case-store.ts'
import { takeIn } from './items.ts'
import { packageVersion } from './package-root.ts'
import type { Workspace } from './workspace.ts'

interface Acting {
  readonly workspace: Workspace
  readonly signer: Signer
}

/** Opens a new case. Throws a `UserError` when there is one of that id. */
export function newCase(
  options: Acting & { readonly id?: string; readonly info: Pick<CaseInfo, 'title'> & Partial<CaseInfo> },
): CaseInfo {
  const { workspace, signer } = options
  const id = options.id ?? caseIdFrom(options.info.title)
  if (existsSync(workspace.path('cases', id, 'case.db')))
    throw new UserError({
      code: 'case-exists',
      message: `there is a case "${id}" already`,
      hint: 'give another title, or its own id with --id',
    })
  const store = openCase(workspace, id, { create: true })
  try {
    const at = workspace.world.now()
    store.db.transaction(() => {
      store.setInfo({ ...store.info(), ...options.info, openedAt: at })
      appendCustody(store.db, { at, act: 'case-opened', by: [signer], detail: { case: id, title: options.info.title } })
    })
    return store.info()
  } finally {
    store.close()
  }
}

/** Takes files into a case as exhibits, copied or by reference. */
export async function addEvidence(
  options: Acting & {
    readonly caseId: string
    readonly paths: readonly string[]
    readonly role?: Role
    /** What else is said of the files, as case settings say it. */
    readonly said?: Omit<FileRule, 'glob' | 'role'>
    readonly reference: boolean
    readonly watch: Watch
  },
): Promise<{ readonly added: readonly Exhibit[]; readonly known: readonly Exhibit[]; readonly faults: readonly Fault[] }> {
  const { workspace, signer, role, said = {}, watch } = options
  const told = role !== undefined || Object.keys(said).length > 0
  const rule: FileRule = { glob: '**', ...said, ...(role === undefined ? {} : { role }) }
  const folder = await readCaseFolder(options.paths, told ? [rule] : [])
  const store = openCase(workspace, options.caseId)
  try {
    const before = new Set(exhibits(store.db).map((one) => one.sha256))
    const faults = await takeIn({
      store,
      folder,
      signer,
      now: workspace.world.now(),
      version: packageVersion(),
      reference: options.reference,
      watch,
    })
    const given = new Set(
      store
        .given()
        .filter((one) => folder.files.some((file) => file.name === one.name))
        .map((one) => one.sha256),
    )
    const now = exhibits(store.db).filter((one) => given.has(one.sha256))
    return {
      added: now.filter((one) => !before.has(one.sha256)),
      known: now.filter((one) => before.has(one.sha256)),
      faults,
    }
  } finally {
    store.close()
  }
}

/** Enters a person's public key into a case, vouched for by who acts. */
export function enterPerson(options: Acting & { readonly caseId: string; readonly person: Person }): Person {
  const store = openCase(options.workspace, options.caseId)
  try {
    const { name, role, publicKey, fingerprint } = options.person
    const person = { name, role, publicKey, fingerprint }
    addPerson(store.db, { person, at: options.workspace.world.now(), by: options.signer })
    return person
  } finally {
    store.close()
  }
}
