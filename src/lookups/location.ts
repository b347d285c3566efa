import { limits } from '../base/index.ts'
import type { Cite, Sentence } from '../evidence/index.ts'
import type { Lake } from '../store/index.ts'
import type { CiteOf } from './exhibit-cite.ts'
import { instant } from './instant.ts'
import type { Names } from './names.ts'

/** Words of the fields of a read by which it tells where a subscriber was. */
export const locationFields =
  '(?i)\\\\b(location|cell|cell_?id|cgi|ecgi|lac|lac_?ci|tai|uli|user_location\\\\w{0,20}|position)\\\\b'

/** Logins that are no person's: partners and addresses of the signalling network. */
const networkPrefix = 'network/'

/** Origins that are told one by one. */
const originsTold = 20

/** Whether a login is an origin in the signalling network: no person, and its name no secret. */
export function isNetworkAccount(login: string): boolean {
  return login.startsWith(networkPrefix)
}

/** Numbers of the accounts of the signalling network. What they ask for has no recorded reason and never will: no test counts it. */
export function networkAccounts(names: Pick<Names, 'accounts'>): readonly number[] {
  return names.accounts.flatMap((name, at) => (isNetworkAccount(name) ? [at] : []))
}

/** That no source given tells of reads of location; nothing where one does. */
export async function locationNote(
  lake: Lake,
  options: { readonly accesses: readonly string[]; readonly whole: readonly Cite[] },
): Promise<Sentence[]> {
  const [row] = await lake.engine.rows<{ located: string; records: string }>(
    `SELECT toString(sum(located)) AS located, toString(sum(records)) AS records FROM lookup_extents WHERE load_id IN ({accesses:Array(UInt64)})`,
    { accesses: options.accesses },
  )
  if (Number(row?.records ?? 0) === 0 || Number(row?.located ?? 0) > 0) return []
  return [
    {
      text: 'location: not recorded. No source given tells of a read of where a subscriber was (commands at HLR, HSS or UDM, location servers, signalling firewall).',
      cites: options.whole,
    },
  ]
}

/** What came from the signalling network, by its origin. It is set aside from all tests. */
export async function networkNotes(
  lake: Lake,
  options: { readonly accesses: readonly string[]; readonly names: Pick<Names, 'accounts'>; readonly cite: CiteOf },
): Promise<Sentence[]> {
  if (networkAccounts(options.names).length === 0) return []
  const rows = await lake.engine.rows<{
    account: string
    asked: string
    blocked: string
    subscribers: string
    operations: string[]
    first: string
    last: string
    cited: [string, string][]
  }>(
    `SELECT toString(account) AS account, toString(uniqExact(source, n)) AS asked, toString(uniqExactIf((source, n), rows = 0)) AS blocked,
       toString(uniqExactIf(subscriber, subscriber != '')) AS subscribers, arraySort(groupUniqArray(20)(replaceOne(toString(operation), ' blocked', ''))) AS operations,
       toString(min(time)) AS first, toString(max(time)) AS last,
       arraySlice(arraySort(groupUniqArray((toString(source), n))), 1, {most:UInt32}) AS cited
     FROM lookup_accesses WHERE load_id IN ({accesses:Array(UInt64)}) AND startsWith(account, '${networkPrefix}')
     GROUP BY account ORDER BY toUInt64(asked) DESC, account`,
    { accesses: options.accesses, most: limits.citesPerSentence },
  )
  const notes = rows.slice(0, originsTold).map(({ cited, ...row }): Sentence => ({
    text: `From the signalling network, ${row.account.slice(networkPrefix.length)} asked for ${counted(row.subscribers, 'subscriber')} in ${counted(row.asked, 'query', 'queries')} (${row.operations.filter((one) => one !== '').join(', ')}), ${instant(row.first).slice(0, 10)} to ${instant(row.last).slice(0, 10)}; ${row.blocked === '0' ? 'none was blocked' : row.blocked === row.asked ? 'all were blocked' : `${row.blocked} of them blocked`}. An address is no person, and no reasons are recorded for such queries: no test counts them.`,
    cites: cited.map(([source, n]) => options.cite(source, Number(n))),
  }))
  const more = rows.slice(originsTold)
  return more.length === 0
    ? notes
    : [
        ...notes,
        {
          text: `${more.length} further origins of the signalling network asked for subscribers; they are not listed.`,
          cites: more
            .slice(0, limits.citesPerSentence)
            .flatMap(({ cited }) => cited.slice(0, 1).map(([source, n]) => options.cite(source, Number(n)))),
        },
      ]
}

function counted(many: string, one: string, several = `${one}s`): string {
  return `${many} ${many === '1' ? one : several}`
}
