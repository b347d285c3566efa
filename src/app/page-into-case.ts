import type { Signer } from '../evidence/index.ts'
import { caseDesk } from './case-desk.ts'
import { addEvidence } from './new-case.ts'
import { bytesOfState, type comparePage } from './watched-pages.ts'
import type { Workspace } from './workspace.ts'

/** Puts two compared states into a case as exhibits, with a note that says what became of the page. */
export async function pageIntoCase(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly caseId: string
  readonly compared: ReturnType<typeof comparePage>
  readonly signal?: AbortSignal
}): Promise<{ readonly exhibits: readonly string[]; readonly note: string }> {
  const { workspace, signer, caseId, compared, signal } = options
  const { before, after, change } = compared
  const paths = [before, after].map((one) => bytesOfState(workspace, one))
  const watch = signal === undefined ? {} : { signal }
  const { added, known } = await addEvidence({ workspace, signer, caseId, paths, reference: false, watch })
  const exhibits = [
    ...new Set(
      [before, after].flatMap(({ sha256: hash }) => [...added, ...known].find((one) => one.sha256 === hash)?.number ?? []),
    ),
  ]
  const text = `${after.url} as taken ${before.at} and ${after.at}: ${change.kind}. ${change.reasons.join('; ')}`
  const { number } = await caseDesk(workspace, signer).note(caseId, { text, about: exhibits })
  return { exhibits, note: number }
}
