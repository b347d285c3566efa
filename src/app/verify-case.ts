import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { UserError, type Watch } from '../base/index.ts'
import { checkLedger } from '../casefile/index.ts'
import { custodyHead, headText, parseHead, verify, type Verification } from '../evidence/index.ts'
import { openCase, type CaseStore } from './case-store.ts'

/** Checks a case, given by id in a workspace or by its folder. Reads only, takes no lock, needs no lake and no key. */
export async function verifyCase(options: {
  readonly workspace: string
  readonly case: string
  readonly head?: string
  readonly watch: Watch
}): Promise<Verification & { readonly case: string; readonly head: string }> {
  const given = options.head === undefined ? undefined : parseHead(options.head)
  if (options.head !== undefined && given === undefined)
    throw new UserError({
      code: 'usage',
      message: `"${options.head}" is no custody head`,
      hint: 'give 64 hex digits, or COUNT:HASH:FINGERPRINT as a report prints it',
      exitCode: 2,
    })
  const store = openFor(options)
  try {
    const result = await verify({
      db: store.db,
      evidenceDir: store.directory,
      ledgers: [checkLedger],
      ...(given === undefined ? {} : { head: given }),
      watch: options.watch,
    })
    const end = custodyHead(store.db)
    return { case: store.id, head: end === undefined ? '' : headText(end), ...result }
  } finally {
    store.close()
  }
}

function openFor(options: { readonly workspace: string; readonly case: string }): CaseStore {
  const folder = resolve(options.case)
  if (existsSync(join(folder, 'case.db'))) {
    const id = basename(folder).toLowerCase()
    return openCase({ path: (_cases, _id, ...rest) => join(folder, ...rest) }, /^[a-z0-9][a-z0-9-]{0,63}$/.test(id) ? id : 'case')
  }
  if (options.case.includes('/'))
    throw new UserError({
      code: 'case-unknown',
      message: `${options.case} is no folder of a case: it holds no case.db`,
      hint: 'give the case id, or the folder WORKSPACE/cases/ID',
    })
  return openCase({ path: (...parts) => join(resolve(options.workspace), ...parts) }, options.case)
}
