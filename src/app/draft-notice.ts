import { noticeMarkdown, noticeOf } from '../response/index.ts'
import type { CaseStore } from './case-store.ts'
import { noticeCase } from './notice-case.ts'
import { noticeTexts } from './notice-texts.ts'
import type { Workspace } from './workspace.ts'

/** The draft notice of a duty as Markdown, from adopted findings and people's entries; what is missing is marked. */
export function draftNotice(
  workspace: Pick<Workspace, 'path'>,
  store: CaseStore,
  asked: { readonly duty: string; readonly now: string },
): string {
  const given = noticeCase(workspace, store, asked)
  return noticeMarkdown(noticeOf({ ...given, texts: noticeTexts() }), given.names.exhibit)
}
