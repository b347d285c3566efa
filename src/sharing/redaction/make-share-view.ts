import type { Story } from '../../intrusion/index.ts'
import { sharedBehaviours } from './behaviours.ts'
import type { WithheldReason } from './own-estate.ts'
import type { Pap, SharedIndicator, SharedRule, ShareView, Tlp } from './share-view.ts'
import { tlpLevels } from './share-view.ts'
import type { Gate, Shareable, SharedKind } from './shareable.ts'
import { sharingNamespace, uuid5 } from './uuid.ts'
import { dataKinds, type DataKind, type ReachedKind } from './words.ts'

/** A value that records of a story show, with where else it was seen. */
export interface ObservedValue {
  readonly kind: SharedKind
  readonly value: string
  /** Records of the story, and others of the case, that show it. */
  readonly inside: number
  readonly outside: number
  /** First and last record of the story that shows it, ISO 8601 UTC. */
  readonly first: string
  readonly last: string
  /** Numbers of the story's steps whose records show it. */
  readonly steps: readonly number[]
  /** Marking under which the same value was received from somebody else. */
  readonly received?: Tlp
}

/** Builds the view of one story; everything from evidence passes `gate` or is left out and counted by its reason. */
export function makeShareView(given: {
  readonly workspace: string
  readonly caseId: string
  readonly exercise: boolean
  readonly story: Story
  readonly adopted: boolean
  readonly observed: readonly ObservedValue[]
  readonly rules: readonly SharedRule[]
  /** Names of ATT&CK's techniques by id; a technique without a name is left out. */
  readonly techniqueNames: ReadonlyMap<string, string>
  /** Ids of groups (`G0045`) that a named person released. */
  readonly consistentWith: readonly string[]
  readonly gate: Gate
  readonly tlp: Tlp
  readonly pap: Pap
  readonly producerName?: string
}): ShareView {
  const { story, gate, tlp, pap } = given
  const withheld = new Map<WithheldReason, number>()
  const keepIn = (reason: WithheldReason): void => void withheld.set(reason, (withheld.get(reason) ?? 0) + 1)
  const reached = reachedKinds(story)
  const behaviours = sharedBehaviours(story, { names: given.techniqueNames, reached })
  const indicators = sharedIndicators()
  const name = given.producerName === undefined ? undefined : producerOf(given.producerName)
  const groups = given.consistentWith.filter((id) => /^G\d{4}$/.test(id)).toSorted()
  return {
    incident: uuid5(sharingNamespace, `incident ${given.workspace} ${given.caseId} ${story.id}`),
    producer: uuid5(sharingNamespace, `producer ${given.workspace}`),
    ...(name === undefined ? {} : { producerName: name }),
    exercise: given.exercise,
    tlp,
    pap,
    determination: given.adopted ? 'confirmed' : 'suspected',
    from: minute(story.from),
    to: minute(story.to),
    ...(story.initialAccess === undefined ? {} : { entry: story.initialAccess.kind }),
    hosts: story.hosts.length,
    behaviours: behaviours.shared,
    reached,
    indicators,
    rules: given.rules.map((rule) => ({ ...rule, behaviours: behaviours.numbersOf(rule.behaviours) })),
    ...(groups.length === 0 ? {} : { consistentWith: groups }),
    withheld: [...withheld].map(([reason, count]) => ({ reason, count })).sort((a, b) => (a.reason < b.reason ? -1 : 1)),
  }

  function sharedIndicators(): SharedIndicator[] {
    const found = new Map<string, SharedIndicator>()
    for (const one of given.observed) {
      const answer = gate.indicator(one.kind, one.value)
      if (answer.kind === 'withheld') {
        keepIn(answer.reason)
        continue
      }
      if (one.outside > 0) {
        keepIn('seen outside the story too')
        continue
      }
      if (one.received !== undefined && tlpLevels.indexOf(one.received) > tlpLevels.indexOf(tlp)) {
        keepIn('received under a marking that does not allow it')
        continue
      }
      // A URL whose domain was shortened is that domain.
      const kind = one.kind === 'url' && !answer.value.includes('/') ? 'domain' : one.kind
      const key = `${kind} ${answer.value}`
      const before = found.get(key)
      found.set(key, {
        kind,
        value: answer.value,
        count: (before?.count ?? 0) + one.inside,
        first: earlier(before?.first, minute(one.first)),
        last: later(before?.last, minute(one.last)),
        behaviours: [...new Set([...(before?.behaviours ?? []), ...behaviours.numbersOf(one.steps)])].sort((a, b) => a - b),
        tlp,
        pap,
      })
    }
    return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  }

  function producerOf(text: string): Shareable | undefined {
    const answer = gate.stated(text.trim().replaceAll(/\s+/g, '-'))
    return answer.kind === 'admitted' ? answer.value : undefined
  }
}

function reachedKinds(story: Story): ReachedKind[] {
  const order = ['left', 'staged', 'read', 'could be reached'] as const
  const best = new Map<DataKind, ReachedKind['certainty']>()
  for (const { data } of story.reached)
    for (const category of data?.categories ?? []) {
      const kind = dataKinds.find((one) => one === category) ?? 'other'
      const before = best.get(kind)
      const certainty = data?.certainty ?? 'could be reached'
      if (before === undefined || order.indexOf(certainty) < order.indexOf(before)) best.set(kind, certainty)
    }
  return dataKinds.flatMap((data) => {
    const certainty = best.get(data)
    return certainty === undefined ? [] : [{ data, certainty }]
  })
}

/** ISO 8601 UTC to the minute; '' stays ''. */
function minute(time: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(time) ? `${time.slice(0, 16)}:00.000Z` : ''
}

function earlier(before: string | undefined, now: string): string {
  return before === undefined || before === '' || (now !== '' && now < before) ? now : before
}

function later(before: string | undefined, now: string): string {
  return before === undefined || now > before ? now : before
}
