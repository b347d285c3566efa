import type { Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import type { Answer } from './answer.ts'
import type { FileRule, Role } from './case-settings.ts'
import { lastAnswer } from './last-answer.ts'
import { openCase } from './case-store.ts'
import { investigate } from './investigate.ts'
import type { Workspace } from './workspace.ts'

/** The answer kept in a case. */
export function keptAnswer(workspace: Pick<Workspace, 'path'>, caseId: string): Answer {
  const store = openCase(workspace, caseId)
  try {
    return lastAnswer(store)
  } finally {
    store.close()
  }
}

/** Takes files into an existing case, each group in its role, investigates it anew and gives its answer. */
export async function answerWith(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly files: readonly { readonly paths: readonly string[]; readonly role: Role; readonly rule?: Partial<FileRule> }[]
  readonly rules?: readonly string[]
  readonly zone?: string
  readonly passwords?: readonly string[]
  readonly watch: Watch
}): Promise<Answer> {
  const { workspace, signer, caseId, files, watch } = options
  // An unknown case is refused here: a mistyped id must not open a new one.
  openCase(workspace, caseId).close()
  return investigate({
    workspace,
    signer,
    caseId,
    paths: files.flatMap((group) => group.paths),
    roles: files.flatMap(({ paths, role, rule }) => paths.map((path) => ({ ...rule, glob: globOf(path), role }))),
    rules: options.rules ?? [],
    ...(options.zone === undefined ? {} : { zone: options.zone }),
    ...(options.passwords === undefined ? {} : { passwords: options.passwords }),
    watch,
  })
}

/** A file's own name; everything for a folder. */
function globOf(path: string): string {
  return /\.[A-Za-z0-9]{1,10}$/.test(path) ? (path.split('/').at(-1) ?? path) : '**'
}
