import { languages } from '../language/languages.ts'

/** Categories of data that claims name: key, words for people, words in text; one entry per key over all languages. */
export const dataKinds: readonly (readonly [key: string, label: string, words: RegExp])[] = [
  ...Map.groupBy(
    languages.flatMap((one) => one['data-kinds']),
    (one) => one.key,
  ),
].map(([key, all]) => [key, all[0]?.label ?? key, new RegExp(all.map((one) => `(?:${one.words})`).join('|'), 'i')])
