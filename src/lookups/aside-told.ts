import type { Sentence } from '../evidence/index.ts'
import type { AccountName } from './account-name.ts'
import type { RecordOf } from './cites-of-days.ts'
import type { CiteOf } from './exhibit-cite.ts'
import type { Names } from './names.ts'

/** A group of reads that says nothing about the subscribers it names, and is set aside from the tests. */
export interface Aside {
  readonly kind: 'day' | 'team-day' | 'source-day' | 'account'
  /** Team, source or account by number; 0 for a whole day. */
  readonly of: number
  /** Day as text, and since 1970. */
  readonly day: string
  readonly date: number
  readonly reads: number
  readonly unexplained: number
  readonly cites: readonly RecordOf[]
}

/** What is told of reads that are set aside. */
export function toldAside(
  one: Aside,
  options: {
    readonly names: Names
    readonly cite: CiteOf
    readonly fileOf: (source: string) => string
    readonly shown: AccountName
  },
): Sentence {
  const cites = one.cites.filter(([source]) => source !== '').map(([source, n]) => options.cite(source, Number(n)))
  const share = `${one.unexplained} of ${one.reads}`
  const rest =
    'Reasons were probably not recorded or the times do not agree: these reads are set aside from the tests, and nobody is flagged by them.'
  switch (one.kind) {
    case 'day':
      return { text: `On ${one.day} ${share} reads have no recorded reason, far more than on other days. ${rest}`, cites }
    case 'team-day':
      return {
        text: `On ${one.day} ${share} reads of the team ${options.names.teams[one.of]} have no recorded reason, far more than on its other days. ${rest}`,
        cites,
      }
    case 'source-day':
      return {
        text: `On ${one.day} ${share} reads of ${options.fileOf(options.names.sources[one.of] ?? '')} have no recorded reason, far more than on its other days. ${rest}`,
        cites,
      }
    case 'account':
      return {
        text: `The account ${options.shown(options.names.accounts[one.of] ?? '')} reads everybody (${share} subscriber-days without a recorded reason): its reads single nobody out and are set aside from the tests. They are judged as bulk reads.`,
        cites,
      }
  }
}
