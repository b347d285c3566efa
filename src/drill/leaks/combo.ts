import type { Random } from '../random.ts'
import { customerOn } from './customers.ts'
import type { Inventor } from './fields.ts'
import { tableFile, type TableFormat } from './table.ts'
import type { Leak } from './truth.ts'
import type { World } from './world.ts'
import { calendar } from '../calendar.ts'

const sites = [
  'https://shop.kotak.example/login',
  'https://mail.example/signin',
  'https://bank.pasar.example/',
  'https://games.layar.example/account',
  'https://social.example/',
]
const ownSite = 'https://selfcare.meridian.example/login'
const words = ['sunshine', 'harimau', 'football', 'letmein', 'bunga', 'naga', 'merdeka', 'princess', 'dragon', 'kucing']

/** A list of logins and passwords from infected machines or older breaches: some of the operator's customers are among them. */
export function comboList(options: {
  readonly world: World
  readonly number: number
  readonly name: string
  readonly n: number
  readonly random: Random
  readonly invent: Inventor
}): Leak {
  const { world, number, name, n, random, invent } = options
  const share = 0.02 + 0.58 * random.unit()
  const real = random
    .shuffled(world.customers)
    .flatMap((customer) => customerOn(customer, calendar.ownCopy)?.record.email || [])
    .slice(0, Math.round(n * share))
  const { records, style } = invent({ seed: random.uint(), fields: ['email'], rows: n - real.length, older: [] })
  const logins = random.shuffled([
    ...real.map((email) => ({ email, ours: true })),
    ...records.map((one) => ({ email: one.email ?? '', ours: false })),
  ])
  const withUrl = random.chance(0.6)
  const rows = logins.map(({ email, ours }) => {
    const login = [email.toLowerCase(), password(random)]
    return withUrl ? [ours && random.chance(0.7) ? ownSite : random.pick(sites), ...login] : login
  })
  const columns = [...(withUrl ? ['url'] : []), random.pick(['email', 'login', 'username']), 'password']
  const format: TableFormat = random.chance(0.5)
    ? { kind: 'login-lines' }
    : { kind: 'csv', delimiter: random.pick([',', ';', '|']), header: true }
  return {
    truth: {
      seed: world.seed,
      leak: number,
      kind: 'combo',
      from: [],
      n: rows.length,
      fields: columns,
      changesPerYear: 0,
      slice: 'random',
      noise: 0,
      damagedCells: 0,
      mixing: { share: 0 },
      twins: [],
      invented: style,
      customers: real.length,
    },
    file: tableFile(name, format, { columns, rows }),
  }
}

function password(random: Random): string {
  return `${random.pick(words)}${random.below(10_000)}${random.chance(0.2) ? '!' : ''}`
}
