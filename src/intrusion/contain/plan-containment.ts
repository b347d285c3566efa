import type { Sentence } from '../../evidence/index.ts'
import type { Entry } from '../../inventory/index.ts'
import { listed } from '../reached/words.ts'
import type { Story, StoryAnswer } from '../story.ts'
import type { ContainmentPlan } from './containment.ts'
import { cutDrafts } from './cut.ts'
import { numbered, type Draft } from './draft.ts'
import { factsOf, type Fact, type Facts } from './facts.ts'
import { preserveDrafts } from './preserve.ts'
import { resetDrafts } from './reset.ts'
import { watchSentences } from './watch.ts'

/** Stories with how to end them: a pure reading of each story, made anew whenever a story changes. */
export function withContainment(answer: StoryAnswer, inventory: readonly Entry[]): StoryAnswer {
  return { ...answer, stories: answer.stories.map((story) => ({ ...story, containment: planContainment(story, inventory) })) }
}

/** What to keep, cut together, reset, rebuild and watch, each tied to what of the story it removes. */
function planContainment(story: Story, inventory: readonly Entry[]): ContainmentPlan {
  const facts = factsOf(story, inventory)
  const drafts = [...prepare(facts), ...preserveDrafts(facts), ...cutDrafts(facts), ...resetDrafts(facts), ...rebuild(facts)]
  return { open: openQuestions(facts), steps: numbered(drafts), watch: watchSentences(facts) }
}

function prepare(facts: Facts): Draft[] {
  const hosts = facts.hosts.filter((one) => one.status !== 'touched').map((one) => one.name)
  const words = [
    'Prepare unseen: agree on one window for everything under "cut", on people and on ways to talk that do not run over the hosts and accounts of this story.',
    hosts.length === 0
      ? ''
      : ` Whoever is in sees the first cut and moves on: ${listed(hosts, 6)} and the accounts go together or not at all.`,
  ]
  return [{ key: 'prepare', phase: 'prepare', text: words.join(''), steps: [], cites: [] }]
}

function rebuild(facts: Facts): Draft[] {
  return facts.hosts
    .filter((one) => one.status === 'compromised' && facts.kindOf(one.name) !== 'service')
    .map((one) => ({
      key: `rebuild ${one.name}`,
      phase: 'rebuild',
      text: rebuilding(one, facts),
      removes: { kind: 'host', name: one.name },
      steps: one.steps,
      after: [`keep ${one.name}`, `isolate ${one.name}`],
      cites: one.cites.slice(0, 3),
    }))
}

/** Techniques that leave programs, tools or stolen secrets behind; a valid logon alone leaves none. */
const leaving = [
  'T1003',
  'T1055',
  'T1059',
  'T1105',
  'T1136',
  'T1505',
  'T1543',
  'T1053',
  'T1547',
  'T1569',
  'T1570',
  'T1572',
  'T1219',
  'T1601',
]

function rebuilding(host: Fact, facts: Facts): string {
  const before = facts.story.from.slice(0, 10)
  if (facts.kindOf(host.name) === 'controller')
    return `Install the domain controller ${host.name} anew and promote it from a clean one; no backup from within the story.`
  if (facts.kindOf(host.name) === 'device')
    return `Load ${host.name} with an image of checked origin and a configuration from before ${before}; every secret in the old one is known.`
  const left =
    facts.withTechnique(...leaving).some(({ step }) => step.host === host.name) ||
    facts.persistence.some((one) => one.host === host.name)
  return left
    ? `Build ${host.name} anew from clean sources; restore only data, from before ${before} or checked.`
    : `Examine ${host.name}: the story shows it used, but no program, task or service left there. Build it anew unless that can be excluded.`
}

/** What is not known yet and would leave a way open. */
function openQuestions(facts: Facts): Sentence[] {
  const { story } = facts
  const entry = story.initialAccess
  const said: Sentence[] = []
  if (entry === undefined || entry.kind === 'first-seen' || entry.certainty < 0.5)
    said.push({
      text: `The way in is not established${entry === undefined ? '' : ` (the story begins at ${entry.where})`}: cutting without it can leave it open. Look at what reaches those hosts from outside first.`,
      cites: entry?.cites.slice(0, 3) ?? [],
    })
  const unsure = facts.hosts.filter((one) => one.status === 'suspected')
  if (unsure.length > 0)
    said.push({
      text: `${listed(
        unsure.map((one) => one.name),
        8,
      )}: suspected only. Find out before the window, or cut them with the others.`,
      cites: unsure.flatMap((one) => one.cites.slice(0, 1)).slice(0, 8),
    })
  const touched = facts.hosts.filter((one) => one.status === 'touched')
  if (touched.length > 0)
    said.push({
      text: `${listed(
        touched.map((one) => one.name),
        8,
      )}: reached; no step shows a program run there. Look for programs, tasks, accounts and logons from the hosts of the story.`,
      cites: touched.flatMap((one) => one.cites.slice(0, 1)).slice(0, 8),
    })
  for (const gap of story.gaps.slice(0, 10))
    said.push({ text: `${gap.text} What was done there then is not known.`, cites: gap.cites })
  return said
}
