import {
  baseName,
  computer,
  nowhere,
  ordinaryAccount,
  privateAddress,
  processNode,
  sessionNode,
  shortName,
  sql,
} from './fragments.ts'

/** The script that a command line names. */
export const scriptOf = sql`extract(lower(text), '([a-z]:\\\\[^"<>|*?]*?\\.(?:ps1|psm1|bat|cmd|vbs|vbe|js|jse|wsf|hta|xml|csproj|sct|inf|dll|py|msi)|/[^ "<>|*?]*\\.(?:sh|py|pl))')`

/** Files that came to the host while somebody watched, or that lie where programs are not installed. */
export const brought = sql`(NOT match(path, '^([a-z]:)?(\\\\windows\\\\|\\\\program files|/usr/|/bin/|/sbin/|/lib)') OR (host, path) IN (SELECT host, path FROM edge_facts WHERE load_id = {load:UInt64} AND what = 'file'))`

const starts = "what IN ('start', 'start-security')"

/** What shapes of edges say more than once, by the name under which it is worked out once for each fact; the longer before what stands in it. */
const texts: readonly (readonly [name: string, of: string, where?: string])[] = [
  ['acting', processNode({ host: 'host', guid: 'guid', pid: 'pid', image: 'image' })],
  ['other', processNode({ host: 'host', guid: 'other_guid', pid: 'other_pid', image: 'other_image' })],
  ['script', scriptOf, `if(${starts}, ${scriptOf}, '')`],
  ['session', sessionNode('host', 'logon')],
  ['asking', sessionNode('host', 'other_logon')],
  ['computer', computer('name')],
  ['short_name', shortName('name')],
  ['own', baseName('image')],
  ['others', baseName('other_image')],
  ['account', 'toString(account)'],
]
const conditions: typeof texts = [
  ['brought', brought, `(${starts} OR what IN ('module', 'file')) AND ${brought}`],
  ['ordinary', ordinaryAccount('account')],
  ['ordinary_other', ordinaryAccount('other_account')],
  ['nowhere', nowhere('address')],
  ['nowhere_other', nowhere('other_address')],
  ['private_other', privateAddress('other_address')],
]

/** SQL with the names of pieces where they stood, and the columns that they are. */
export function withPieces(shapes: string): { readonly shapes: string; readonly columns: readonly string[] } {
  const columns: string[] = []
  let named = shapes
  const name = (pieces: typeof texts, columnOf: (value: string) => string): void => {
    for (const [piece, of, where = of] of pieces) {
      if (!named.includes(of)) continue
      named = named.replaceAll(of, () => `piece_${piece}`).replaceAll(`toString(piece_${piece})`, `piece_${piece}`)
      columns.push(`${columnOf(where)} AS piece_${piece}`)
    }
  }
  name(texts, (value) => `toString(${value})`)
  name(conditions, (value) => value)
  return { shapes: named, columns }
}
