import type { Names } from './names.ts'

/** A record of an exhibit: source and ordinal as text. */
export type RecordOf = readonly [source: string, n: string]

/** The record that a `cite` of `lookup_days` stands for. */
export function recordOf(names: Names, cite: string): RecordOf {
  const packed = BigInt(cite)
  return [names.sources[Number(packed >> 48n)] ?? '', String(packed & 0xffff_ffff_ffffn)]
}
