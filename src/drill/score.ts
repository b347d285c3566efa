import type { Truth } from './truth.ts'

/** The parts of an investigation's answer that are scored (see `docs/commands.md`); other members are ignored. */
export interface ScoredAnswer {
  readonly threads?: readonly {
    readonly actor?: string
    readonly posts?: readonly unknown[]
    readonly demands?: readonly unknown[]
    readonly deadlines?: readonly { readonly every?: string }[]
  }[]
  readonly provenance?: {
    readonly rows?: number
    readonly sources?: readonly {
      readonly copy?: string
      readonly holder?: string
      readonly posterior?: number
      readonly cutDay?: string
      readonly asOf?: { readonly day: string; readonly from?: string; readonly to?: string }
    }[]
    readonly padding?: { readonly rows?: number }
  }
  readonly stories?: readonly StoryPart[] | { readonly stories?: readonly StoryPart[] }
  readonly lookups?: {
    readonly watched?: readonly { readonly subscriber: string; readonly value?: string }[]
    readonly accounts?: readonly { readonly account: string }[]
    readonly notRecorded?: readonly { readonly source: string }[]
  }
}

interface StoryPart {
  readonly hosts?: readonly { readonly name: string; readonly status?: string }[]
  readonly initialAccess?: { readonly where?: string }
  readonly accounts?: readonly { readonly name: string }[]
}

/** One measured item; `met` only where the demo sets a bar. */
export interface Score {
  readonly name: string
  readonly value: string
  readonly met?: boolean
}

/** The table of scores, as data and as lines of text. */
export interface ScoreTable {
  readonly scores: readonly Score[]
  /** True when every bar is met. */
  readonly passed: boolean
  readonly lines: readonly string[]
}

/**
 * Compares an answer with the sealed truth. Watched subscribers come as tokens: give `tokenOf` (E.164 digits -> the token
 * of the workspace) or `reidentified` (E.164 digits found); with neither, `watched[].value` is used.
 */
export function scoreDrill(options: {
  readonly truth: Truth
  readonly answer: ScoredAnswer
  readonly tokenOf?: (msisdn: string) => string
  /** Login to the pseudonym under which the answer shows the account. */
  readonly accountOf?: (login: string) => string
  readonly reidentified?: readonly string[]
}): ScoreTable {
  const scores = [
    ...claimScores(options.truth, options.answer),
    ...provenanceScores(options.truth, options.answer),
    ...storyScores(options.truth, options.answer),
    ...lookupScores(options),
  ]
  const width = Math.max(...scores.map((score) => score.name.length))
  return {
    scores,
    passed: scores.every((score) => score.met !== false),
    lines: scores.map(
      (score) => `${score.name.padEnd(width)}  ${score.value}${score.met === undefined ? '' : score.met ? '  ok' : '  MISSED'}`,
    ),
  }
}

function claimScores(truth: Truth, answer: ScoredAnswer): Score[] {
  const thread = answer.threads?.find((one) => same(one.actor, truth.claim.actor))
  const posts = thread?.posts?.length ?? 0
  const recurring = thread?.deadlines?.some((one) => one.every === truth.claim.deadlineEvery) === true
  return [
    { name: 'claim: actor found', value: yes(thread !== undefined), met: thread !== undefined },
    { name: 'claim: posts', value: `${posts} of ${truth.claim.posts}`, met: posts >= truth.claim.posts },
    { name: 'claim: demand found', value: yes((thread?.demands?.length ?? 0) > 0), met: (thread?.demands?.length ?? 0) > 0 },
    { name: 'claim: recurring deadline found', value: yes(recurring), met: recurring },
  ]
}

function provenanceScores(truth: Truth, answer: ScoredAnswer): Score[] {
  const first = answer.provenance?.sources?.toSorted((a, b) => (b.posterior ?? 0) - (a.posterior ?? 0))[0]
  const right =
    first !== undefined &&
    ((first.copy ?? '').includes(truth.provenance.copy) ||
      (same(first.holder, truth.provenance.holder) && first.cutDay === truth.provenance.asOf))
  const posterior = first?.posterior ?? 0
  const day = first?.asOf?.day
  const error = day === undefined ? undefined : Math.round((Date.parse(day) - Date.parse(truth.provenance.asOf)) / 86_400_000)
  const rows = answer.provenance?.rows ?? 0
  const padding = answer.provenance?.padding?.rows
  const share = truth.provenance.paddingRows / truth.provenance.rows
  return [
    { name: 'provenance: right copy first', value: `${yes(right)} (${first?.holder ?? 'none'})`, met: right },
    { name: 'provenance: posterior over 0.9', value: posterior.toFixed(4), met: right && posterior > 0.9 },
    { name: 'provenance: as-of day error', value: error === undefined ? 'no day given' : `${error} days` },
    {
      name: 'provenance: padding share',
      value:
        padding === undefined || rows === 0
          ? `not given (true ${share.toFixed(3)})`
          : `${(padding / rows).toFixed(3)} (true ${share.toFixed(3)})`,
    },
  ]
}

function storyScores(truth: Truth, answer: ScoredAnswer): Score[] {
  const stories = Array.isArray(answer.stories)
    ? (answer.stories as readonly StoryPart[])
    : ((answer.stories as { stories?: readonly StoryPart[] } | undefined)?.stories ?? [])
  const wanted = [truth.intrusion.entry, ...truth.intrusion.hosts]
  const hostsOf = (story: StoryPart): string[] => (story.hosts ?? []).map((host) => bare(host.name))
  const best = stories.toSorted((a, b) => hits(b) - hits(a))[0]
  function hits(story: StoryPart): number {
    return hostsOf(story).filter((host) => wanted.includes(host)).length
  }
  const found = best === undefined ? 0 : new Set(hostsOf(best).filter((host) => wanted.includes(host))).size
  const allowed = new Set([...wanted, truth.intrusion.database])
  const compromised = (best?.hosts ?? [])
    .filter((host) => host.status === undefined || host.status === 'compromised')
    .map((host) => bare(host.name))
  const extra = compromised.filter((host) => !allowed.has(host)).length
  const entryFound = bare(best?.initialAccess?.where ?? '').includes(truth.intrusion.entry)
  const accounts = truth.intrusion.accounts.filter(
    (account) => best?.accounts?.some((one) => sameAccount(one.name, account)) === true,
  ).length
  const rank = best === undefined ? 0 : stories.indexOf(best) + 1
  return [
    { name: 'story: entry server named', value: yes(entryFound), met: entryFound },
    { name: 'story: entry and hosts in one story', value: `${found} of ${wanted.length}`, met: found === wanted.length },
    { name: 'story: rank of that story', value: best === undefined ? 'none' : `${rank} of ${stories.length}` },
    {
      name: 'story: hosts called compromised',
      value: `precision ${ratio(compromised.length - extra, compromised.length)}, recall ${ratio(found, wanted.length)}`,
    },
    { name: 'story: accounts found', value: `${accounts} of ${truth.intrusion.accounts.length}` },
  ]
}

function lookupScores(options: Parameters<typeof scoreDrill>[0]): Score[] {
  const { truth, answer, tokenOf, accountOf = (login) => login } = options
  const named = options.reidentified?.map(digits)
  const flagged = new Set(
    named ?? (answer.lookups?.watched ?? []).map((one) => (tokenOf === undefined ? digits(one.value ?? '') : one.subscriber)),
  )
  const key = (msisdn: string): string => (named === undefined && tokenOf !== undefined ? tokenOf(msisdn) : msisdn)
  const watched = new Set(truth.lookups.watched.map(key))
  const petty = new Set(truth.lookups.petty.map(key))
  const right = [...flagged].filter((one) => watched.has(one)).length
  const pettyFlagged = [...flagged].filter((one) => petty.has(one)).length
  const clean = flagged.size - right - pettyFlagged
  const intruder = [...truth.lookups.stolenAccounts, truth.lookups.databaseAccount].map(accountOf)
  const accounts = new Set((answer.lookups?.accounts ?? []).map((one) => one.account))
  const blind = answer.lookups?.notRecorded?.some((one) => one.source.toLowerCase().includes('billing')) === true
  return [
    { name: 'lookups: watched persons found', value: `${right} of ${watched.size}`, met: right >= 15 },
    { name: 'lookups: clean subscribers flagged', value: String(clean), met: clean === 0 },
    { name: 'lookups: petty misuse flagged', value: String(pettyFlagged) },
    {
      name: 'lookups: intruder logins among accounts',
      value: `${intruder.filter((one) => accounts.has(one)).length} of ${intruder.length}, ${accounts.size} listed`,
    },
    { name: 'lookups: blind source named', value: yes(blind), met: blind },
  ]
}

function same(a: string | undefined, b: string): boolean {
  return a !== undefined && a.trim().toLowerCase() === b.toLowerCase()
}

function sameAccount(a: string, b: string): boolean {
  const tail = (name: string): string => name.toLowerCase().slice(name.lastIndexOf('\\') + 1)
  return tail(a) === tail(b)
}

/** Host name without domain, lower case. */
function bare(name: string): string {
  return name.toLowerCase().split('.')[0] ?? ''
}

function digits(value: string): string {
  const only = value.replaceAll(/\D/g, '')
  return only.startsWith('0') ? `6${only}` : only
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no'
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? '-' : (part / whole).toFixed(2)
}
