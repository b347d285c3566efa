import { UserError } from '../base/index.ts'
import { findings } from '../casefile/index.ts'
import { exhibits } from '../evidence/index.ts'
import { noticeDraft } from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import { dueOfCase } from './due-case.ts'
import type { Workspace } from './workspace.ts'

/** The draft notice of a duty as Markdown, from adopted findings and people's entries; what is missing is marked. */
export function draftNotice(
  workspace: Pick<Workspace, 'path'>,
  store: CaseStore,
  asked: { readonly duty: string; readonly now: string },
): string {
  const { duty, now } = asked
  const { facts, due } = dueOfCase(workspace, store, { now })
  const { duties } = due
  const found = duties.find((one) => one.id === duty)
  if (found === undefined)
    throw new UserError({
      code: 'duty-unknown',
      message: `no duty "${duty}" applies to this case`,
      hint:
        duties.length === 0
          ? 'name the jurisdictions in breachline-case.toml'
          : `duties that apply: ${duties.map((one) => one.id).join(', ')}`,
    })
  const names = new Map(exhibits(store.db).map((one) => [one.sha256, one.number]))
  return noticeDraft({ duty: found, facts, findings: findings(store.db), exhibitName: (sha256) => names.get(sha256) })
}
