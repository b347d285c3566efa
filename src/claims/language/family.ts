/** How the verbs of a language take their forms; see `forms` in `data/claims`. */
export type Inflection = 'suffixes' | 'affixes'

/** Forms of a family of verbs as parts of a pattern: all of them, those of what is done, those of what is suffered. */
export interface Forms {
  readonly any: string
  readonly done: string
  readonly suffered: string
}

/**
 * All forms of a family of verbs. In: entries such as `copy`, `steal/stole/stolen`, `break/broke/broken into` (English: the regular endings
 * are made, the irregular forms written out), or roots such as `ceroboh` (Malay and Indonesian: `menceroboh`, `diceroboh`, `menyalin`).
 */
export function formsOf(entries: readonly string[], inflection: Inflection): Forms {
  const all = entries.map(inflection === 'suffixes' ? english : malay)
  const join = (of: keyof Forms) =>
    `(?:${[...new Set(all.flatMap((one) => one[of]))].sort((a, b) => b.length - a.length).join('|')})`
  return { any: join('any'), done: join('done'), suffered: join('suffered') }
}

type Lists = Readonly<Record<keyof Forms, readonly string[]>>

function english(entry: string): Lists {
  const [verb = '', ...rest] = entry.split(' ')
  const tail = rest.length === 0 ? '' : ` ${rest.join(' ')}`
  const [base = '', past, participle] = verb.split('/')
  const regular = past ?? `${stem(base, 'ed')}ed`
  const with_ = (forms: readonly string[]) => forms.map((form) => form + tail)
  const done = with_([regular, participle ?? regular])
  const third = /(?:s|x|z|ch|sh|o)$/.test(base) ? `${base}es` : /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ies` : `${base}s`
  return {
    any: [...done, ...with_([base, third, `${stem(base, 'ing')}ing`])],
    done,
    suffered: with_([participle ?? regular]),
  }
}

/** The stem before an ending: `copi-ed`, `grabb-ed`, `leak-ing`, `compromis-ed`. */
function stem(base: string, ending: 'ed' | 'ing'): string {
  if (base.endsWith('e') && !base.endsWith('ee')) return base.slice(0, -1)
  if (ending === 'ed' && /[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}i`
  return /^[^aeiou]*[aeiou][bdgmnprt]$/.test(base) ? base + base.slice(-1) : base
}

function malay(entry: string): Lists {
  const [root = '', ...rest] = entry.split(' ')
  const tail = rest.length === 0 ? '' : ` ${rest.join(' ')}`
  const active = nasal(root)
  const end = '(?:kan|i|lah|nya)?'
  return {
    any: [
      `(?:${active}|di-?|ter|ber|ku|kau)?${root}${end}${tail}`,
      `${active}${end}${tail}`,
      `(?:me|di|ter)?mper${root}${end}${tail}`,
    ],
    done: [`${active}${end}${tail}`, `(?:di-?|ter)${root}${end}${tail}`, `${root}${end}${tail}`],
    suffered: [`(?:di-?|ter)${root}${end}${tail}`],
  }
}

/** The commonest forms of a Malay root as plain words: `curi`, `mencuri`, `dicuri`. */
export function plainForms(entry: string): string[] {
  const [root = ''] = entry.split(' ')
  return [root, nasal(root), `di${root}`, `ter${root}`].flatMap((one) => [one, `${one}kan`, `${one}i`])
}

/** The root with its active prefix: `curi` gives `mencuri`, `salin` `menyalin`, `ambil` `mengambil`. */
function nasal(root: string): string {
  const rest = root.slice(1)
  if (/^[bfv]/.test(root)) return `mem${root}`
  if (root.startsWith('p')) return `mem${rest}`
  if (root.startsWith('t')) return `men${rest}`
  if (/^[cdjz]/.test(root)) return `men${root}`
  if (root.startsWith('s')) return `meny${rest}`
  if (root.startsWith('k')) return `meng${rest}`
  return /^[ghaeiou]/.test(root) ? `meng${root}` : `me${root}`
}
