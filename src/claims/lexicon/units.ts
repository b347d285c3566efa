/** What is counted in claims: the unit's name and the words for it. The first that matches wins. */
export const units: readonly (readonly [unit: string, words: RegExp])[] = [
  [
    'operators',
    /^(?:(?:mobile|telecoms?|telecommunications?|cellular|cell)\s(?:networks?|operators?|compan(?:y|ies)|providers?|carriers?)|operators?|carriers?|telcos?)\b/i,
  ],
  ['subscribers', /^subscribers?\b/i],
  ['customers', /^(?:customers?|clients?)\b/i],
  ['users', /^users?\b/i],
  ['employees', /^(?:employees?|staff)\b/i],
  ['persons', /^(?:individuals?|persons?|people|citizens?|residents?|patients?|data subjects)\b/i],
  ['accounts', /^accounts?\b/i],
  ['lines', /^lines?\b/i],
  ['rows', /^rows?\b/i],
  ['records', /^(?:records?|entries|entry)\b/i],
  ['numbers', /^(?:(?:phone|mobile)\s)?numbers?\b/i],
  ['e-mail addresses', /^e-?mail addresses\b/i],
  ['e-mails', /^e-?mails?\b/i],
  ['files', /^(?:files?|documents?)\b/i],
  ['databases', /^(?:databases?|tables?)\b/i],
  ['servers', /^(?:servers?|hosts?|machines?|computers?)\b/i],
  ['organisations', /^(?:organi[sz]ations?|companies|firms|victims)\b/i],
  ['TB', /^(?:TB|TiB|terabytes?)\b/i],
  ['GB', /^(?:GB|GiB|gigs?|gigabytes?)\b/i],
  ['MB', /^(?:MB|MiB|megabytes?)\b/i],
]

/** Units of data; the others count who or what was reached. */
export const dataUnits: ReadonlySet<string> = new Set(
  'subscribers customers users employees persons accounts lines rows records numbers e-mails files databases TB GB MB'
    .split(' ')
    .concat('e-mail addresses'),
)

/** Words that say how a number is meant, as they end right before it. */
export const qualifiers: readonly (readonly [words: RegExp, qualifier: 'at least' | 'at most' | 'about', strict: boolean])[] = [
  [/(?:\bat least|\bno (?:fewer|less) than|\bminimum of|≥)\s*$/i, 'at least', false],
  [/(?:\bmore than|\bover|\babove|\bexceeding|\bin excess of|>)\s*$/i, 'at least', true],
  [/(?:\bup to|\bat most|\bno more than|\bmaximum of|≤)\s*$/i, 'at most', false],
  [/(?:\bfewer than|\bless than|\bunder|\bbelow|<)\s*$/i, 'at most', true],
  [/(?:\babout|\baround|\broughly|\bnearly|\balmost|\bapprox(?:imately|\.)?|\bsome|~|≈)\s*$/i, 'about', false],
]

/** Number words that appear in claims. */
export const numberWords: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  'twenty-four': 24,
  thirty: 30,
  forty: 40,
  'forty-eight': 48,
  fifty: 50,
  sixty: 60,
  'seventy-two': 72,
  ninety: 90,
  hundred: 100,
}

/** Multipliers written after a number. */
export const multipliers: Readonly<Record<string, number>> = {
  k: 1_000,
  thousand: 1_000,
  m: 1_000_000,
  mio: 1_000_000,
  mil: 1_000_000,
  million: 1_000_000,
  b: 1_000_000_000,
  bn: 1_000_000_000,
  billion: 1_000_000_000,
}

/** Currencies of prices, by the words or signs for them. */
export const currencies: readonly (readonly [unit: string, words: RegExp])[] = [
  ['USD', /^(?:USD|US\$|\$|dollars?)/i],
  ['EUR', /^(?:EUR|€|euros?)/i],
  ['GBP', /^(?:GBP|£|pounds?)/i],
  ['MYR', /^(?:MYR|RM|ringgit)/i],
  ['BTC', /^(?:BTC|₿|bitcoins?)/i],
  ['XMR', /^(?:XMR|monero)/i],
  ['USDT', /^USDT/i],
]

/** Units of time for deadlines, in seconds, with the letter of ISO 8601. */
export const timeUnits: readonly (readonly [words: RegExp, seconds: number, letter: 'TM' | 'TH' | 'D' | 'W'])[] = [
  [/^min(?:ute)?s?\b/i, 60, 'TM'],
  [/^(?:hours?|hrs?|h)\b/i, 3_600, 'TH'],
  [/^days?\b/i, 86_400, 'D'],
  [/^weeks?\b/i, 604_800, 'W'],
]
