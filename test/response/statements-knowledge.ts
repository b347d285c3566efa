import type { CoverageRow } from '../../src/assessment/index.ts'
import type { Finding } from '../../src/casefile/index.ts'
import type { StatementKnowledge } from '../../src/response/index.ts'

/** What a case of `test/cases/statements/texts` states; everything invented. */
export interface StatedCase {
  readonly findings?: readonly (Pick<Finding, 'id' | 'kind' | 'subject' | 'code' | 'params' | 'status' | 'text'> & {
    readonly at?: string
  })[]
  readonly assertions?: Readonly<
    Record<
      string,
      { kind: 'access' | 'data-taken' | 'third-party' | 'denial'; by: 'actor' | 'victim'; quantity?: number; unit?: string }
    >
  >
  readonly systems?: StatementKnowledge['systems']
  readonly needed?: { readonly from: string; readonly to: string }
  readonly coverage?: readonly { readonly host: string; readonly from: string; readonly to: string; readonly cleared?: string }[]
  readonly steps?: { readonly open: readonly string[]; readonly closed: number; readonly lastDay?: string }
  readonly earlier?: readonly { readonly label: string; readonly at: string; readonly text: string }[]
}

/** The knowledge of an invented operator on 7 October 2026. */
export function knowledgeOf(stated: StatedCase): StatementKnowledge {
  return {
    operator: 'Meridian Telekom',
    zone: '+08:00',
    now: '2026-10-07T09:00:00.000Z',
    findings: (stated.findings ?? []).map((one): Finding => ({
      cites: [],
      grounds: [],
      producer: 'test',
      at: '2026-10-06T12:00:00.000Z',
      ...one,
    })),
    assertions: new Map(Object.entries(stated.assertions ?? {})),
    publishedAt: '2026-10-06T06:40:00.000000Z',
    coverage: (stated.coverage ?? []).map(rowOf),
    systems: stated.systems ?? [],
    ...(stated.needed === undefined ? {} : { needed: stated.needed }),
    ...(stated.steps === undefined ? {} : { steps: stated.steps }),
    informed: [],
  }
}

function rowOf({ host, from, to, cleared }: NonNullable<StatedCase['coverage']>[number]): CoverageRow {
  const cite = { kind: 'reference', file: 'test', version: '1', key: host } as const
  return {
    host,
    source: 'Security',
    family: 'eventlog',
    events: 1_000,
    untimed: 0,
    from: `${from}T00:00:00.000000Z`,
    to: `${to}T23:59:59.000000Z`,
    silences: 0,
    days: [{ from, to }],
    numbers: [],
    breaks:
      cleared === undefined
        ? []
        : [{ kind: 'cleared', log: 'Security', time: `${cleared}T02:55:00.000000Z`, account: 'x', cite }],
    breakCount: cleared === undefined ? 0 : 1,
    jumps: [],
    jumpCount: 0,
    techniques: 1,
    cites: [cite],
  }
}
