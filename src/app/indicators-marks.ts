import { originOf } from './indicators-sink.ts'
import type { IndicatorOrigin } from './indicators.ts'

/** Markings from the strictest on; "white" is an older name of "clear". */
const tlp = ['red', 'amber+strict', 'amber', 'green', 'clear', 'white'] as const
const pap = ['red', 'amber', 'green', 'clear', 'white'] as const

/** The TLP and PAP that a text states of itself (`TLP:AMBER`, `PAP: green`), for what is in it; of several the strictest. */
export function marksOf(text: string): Pick<Partial<IndicatorOrigin>, 'tlp' | 'pap'> {
  const stated = new Set(
    [...text.matchAll(/\b(tlp|pap) ?[:-] ?(red|amber\+strict|amber|green|clear|white)\b/gi)].map((one) =>
      one.slice(1).join(':').toLowerCase(),
    ),
  )
  const strictest = (name: string, order: readonly string[]): string => order.find((one) => stated.has(`${name}:${one}`)) ?? ''
  return originOf({ tlp: strictest('tlp', tlp), pap: strictest('pap', pap) })
}
