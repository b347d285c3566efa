import { UserError, type Watch } from '../base/index.ts'
import { decisions, findings, type Finding } from '../casefile/index.ts'
import { withoutUnreleased, type Attribution, type Story } from '../intrusion/index.ts'
import { gateFor, lastLook, makeShareView, type Pap, type ShareView, type Tlp } from '../sharing/index.ts'
import { visibilityTable } from './attack-visibility.ts'
import type { CaseStore } from './case-store.ts'
import { huntScope } from './hunt-scope.ts'
import { lastAnswer } from './last-answer.ts'
import { shareEstate } from './share-estate.ts'
import { observedValues } from './share-observed.ts'
import { boundsOf, storyRecords } from './share-records.ts'
import { triedRules } from './share-rules.ts'
import { readShareSettings } from './share-settings.ts'
import { workspaceId } from './workspace-id.ts'
import type { Workspace } from './workspace.ts'

/** What a person asks to share. */
export interface AskedShare {
  /** Id of a story or its beginning; the strongest adopted one when absent. */
  readonly story?: string
  readonly tlp: Tlp
  readonly pap: Pap
}

/** A view, and what the person should know before releasing it. */
export interface PreparedShare {
  readonly view: ShareView
  readonly remarks: readonly string[]
}

/** Builds the view of an adopted story. A `UserError` where no story is adopted. */
export async function prepareShare(options: {
  readonly workspace: Workspace
  readonly store: CaseStore
  readonly asked: AskedShare
  readonly watch: Watch
}): Promise<PreparedShare> {
  const { workspace, store, asked, watch } = options
  const standing = findings(store.db, { withdrawn: false })
  const story = chosenStory(lastAnswer(store).stories?.stories ?? [], standing, asked.story)
  const settings = readShareSettings(workspace)
  const scope = await huntScope(workspace, store.id)
  const gate = gateFor(await shareEstate({ workspace, store, scope, settings }))
  const records = await storyRecords({ workspace, scope, story, watch })
  const bounds = boundsOf(story, records)
  const caseId = store.id
  const observed = await observedValues({ workspace, caseId, records, bounds, watch })
  const rules = await triedRules({ workspace, caseId, records, bounds, gate, watch })
  const view = makeShareView({
    workspace: workspaceId(workspace),
    caseId,
    exercise: store.info().generated,
    story,
    adopted: true,
    observed,
    rules,
    techniqueNames: new Map(visibilityTable().techniques.map((one) => [one.id, one.name])),
    consistentWith: releasedGroups(withoutUnreleased(standing, decisions(store.db)), story),
    gate,
    tlp: asked.tlp,
    pap: asked.pap,
    ...(settings.name === undefined ? {} : { producerName: settings.name }),
  })
  const wrong = lastLook(view, gate)
  if (wrong.length > 0) throw new Error(`internal error: kept in, and yet in the view: ${wrong.join('; ')}`)
  const remarks = [
    ...(settings.own_networks.length === 0
      ? ['No own networks are stated in sharing.toml: only private addresses and those of the inventory are recognised as own.']
      : []),
    ...(settings.name !== undefined && view.producerName === undefined
      ? ['The name in sharing.toml is kept in, because inventory or ledger protect it.']
      : []),
  ]
  return { view, remarks }
}

function chosenStory(stories: readonly Story[], standing: readonly Finding[], asked: string | undefined): Story {
  const adopted = (story: Story): boolean =>
    standing.some((one) => one.subject === `story:${story.id}` && one.status === 'adopted')
  const found = asked === undefined ? stories.find(adopted) : stories.find((one) => one.id === asked || one.id.startsWith(asked))
  if (found !== undefined && adopted(found)) return found
  const finding = standing.find((one) => one.subject === `story:${(found ?? stories[0])?.id ?? ''}`)
  throw new UserError({
    code: 'story-not-adopted',
    message:
      asked !== undefined && found === undefined
        ? `there is no story "${asked}" in this case`
        : 'no person adopted the story yet',
    hint:
      finding === undefined
        ? 'list the stories with "breachline case show"'
        : `only adopted findings are shared: breachline adopt ${finding.id} --reason "..."`,
  })
}

function releasedGroups(leaving: readonly Finding[], story: Story): string[] {
  return leaving
    .filter((one) => one.subject === `attribution:${story.id}` && one.status === 'adopted')
    .flatMap(
      (one) => ((one.value ?? {}) as Partial<Attribution>).candidates?.filter((each) => each.fits).map((each) => each.id) ?? [],
    )
}

/** Version of ATT&CK whose names the view uses. */
export function attackVersion(): string {
  return visibilityTable().attack.version
}
