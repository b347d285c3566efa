import type { Score, ScoreTable } from '../score.ts'
import type { AttackTruth, ScenarioTruth } from './scenario-truth.ts'

/** The stories of an answer, as far as they are scored here. */
interface ScoredStories {
  readonly stories?: readonly ScoredStory[] | { readonly stories?: readonly ScoredStory[] }
}

interface ScoredStory {
  readonly initialAccess?: { readonly kind?: string; readonly where?: string }
  readonly hosts?: readonly { readonly name: string; readonly status?: string }[]
  readonly accounts?: readonly { readonly name: string }[]
  readonly lateralMovement?: readonly { readonly from: string; readonly to: string }[]
  readonly reached?: readonly { readonly what?: string; readonly text?: string }[]
}

/**
 * Compares the stories of an answer with the sealed truth of a scenario: for each attacker the story that names most of its hosts is measured.
 * Only ordinary work sets a bar: at most one story.
 */
export function scoreScenario(options: { readonly truth: ScenarioTruth; readonly answer: ScoredStories }): ScoreTable {
  const { truth, answer } = options
  const stories = Array.isArray(answer.stories)
    ? (answer.stories as readonly ScoredStory[])
    : ((answer.stories as { stories?: readonly ScoredStory[] } | undefined)?.stories ?? [])
  const attacks = [
    ...(truth.entry === undefined ? [] : [truth as AttackTruth]),
    ...(truth.second === undefined ? [] : [truth.second]),
  ]
  const scores: Score[] = [
    {
      name: 'stories',
      value: `${stories.length} for ${attacks.length}`,
      ...(attacks.length === 0 ? { met: stories.length <= 1 } : {}),
    },
  ]
  for (const attack of attacks) scores.push(...attackScores(attack, stories))
  const width = Math.max(...scores.map((score) => score.name.length))
  return {
    scores,
    passed: scores.every((score) => score.met !== false),
    lines: scores.map(
      (score) => `${score.name.padEnd(width)}  ${score.value}${score.met === undefined ? '' : score.met ? '  ok' : '  MISSED'}`,
    ),
  }
}

function attackScores(attack: AttackTruth, stories: readonly ScoredStory[]): Score[] {
  const wanted = new Set([...attack.compromised, ...attack.touched])
  const named = (story: ScoredStory): number => hostsOf(story).filter((host) => wanted.has(host)).length
  const best = stories.toSorted((a, b) => named(b) - named(a))[0]
  const where = best?.initialAccess?.where?.toLowerCase() ?? ''
  const entry = [attack.entry.host, ...attack.entry.addresses].some((one) => where.includes(one))
  const called = new Set(
    (best?.hosts ?? []).filter(({ status }) => status === undefined || status === 'compromised').map(({ name }) => bare(name)),
  )
  const right = attack.compromised.filter((host) => called.has(host)).length
  const pairs = new Set(attack.moves.map(({ from, to }) => `${from}>${to}`))
  const found = new Set((best?.lateralMovement ?? []).map(({ from, to }) => `${bare(from)}>${bare(to)}`))
  const moves = [...pairs].filter((pair) => found.has(pair)).length
  const said = (best?.reached ?? []).map(({ what = '', text = '' }) => `${what} ${text}`.toLowerCase())
  const objects = attack.objects.filter(({ object }) => said.some((text) => text.includes(object.toLowerCase()))).length
  const accounts = new Set((best?.accounts ?? []).map(({ name }) => tail(name)))
  const wantedAccounts = new Set(attack.accounts.map(tail))
  const item = (name: string, value: string): Score => ({ name: `${attack.scenario}: ${name}`, value })
  return [
    item('initial access named', entry ? 'yes' : 'no'),
    item('hosts called compromised', `precision ${ratio(right, called.size)}, recall ${ratio(right, attack.compromised.length)}`),
    item('moves', `${moves} of ${pairs.size}, ${found.size - moves} others`),
    item('accounts', `${[...wantedAccounts].filter((one) => accounts.has(one)).length} of ${wantedAccounts.size}`),
    item('objects reached', `${objects} of ${attack.objects.length}`),
  ]
}

function hostsOf(story: ScoredStory): string[] {
  return [...new Set((story.hosts ?? []).map(({ name }) => bare(name)))]
}

/** Host name without domain, lower case. */
function bare(name: string): string {
  return name.toLowerCase().split('.')[0] ?? ''
}

/** Account without domain, lower case. */
function tail(name: string): string {
  return name.toLowerCase().slice(name.lastIndexOf('\\') + 1)
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '-' : (part / whole).toFixed(2)
}
