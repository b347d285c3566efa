import { withContainment, type StoryAnswer } from '../intrusion/index.ts'
import { listInventory } from '../inventory/index.ts'
import { openCase, type CaseInfo } from './case-store.ts'
import { openInventory } from './estate.ts'
import { lastAnswer } from './last-answer.ts'
import type { Workspace } from './workspace.ts'

/** Stories with the plan of how to end each, made from the story as it stands now and from the inventory. */
export function plannedStories(options: {
  readonly workspace: Pick<Workspace, 'path'>
  readonly info: CaseInfo
  readonly stories: StoryAnswer
}): StoryAnswer {
  const db = openInventory(options.workspace, options.info)
  try {
    return withContainment(options.stories, listInventory(db))
  } finally {
    db.close()
  }
}

/** The stories of a case's last investigation, as people cut and joined them, with their plans; undefined when it had no logs. */
export function caseStories(workspace: Pick<Workspace, 'path'>, caseId: string): StoryAnswer | undefined {
  const store = openCase(workspace, caseId)
  try {
    const { stories } = lastAnswer(store)
    return stories === null ? undefined : plannedStories({ workspace, info: store.info(), stories })
  } finally {
    store.close()
  }
}
