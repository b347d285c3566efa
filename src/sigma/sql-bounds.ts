/**
 * What SQL can say of a condition: `upper` holds for every event the condition holds for, `lower` for none it does not hold for.
 * The same text means that SQL decides it.
 */
export interface SqlBounds {
  readonly upper: string
  readonly lower: string
}

export const never: SqlBounds = { upper: '0', lower: '0' }

/** A condition that SQL decides. */
export function exactly(sql: string): SqlBounds {
  return { upper: sql, lower: sql }
}

export function isExact({ upper, lower }: SqlBounds): boolean {
  return upper === lower
}

export function all(of: readonly SqlBounds[]): SqlBounds {
  return joined(of, { word: 'and', neutral: '1', decided: '0' })
}

export function any(of: readonly SqlBounds[]): SqlBounds {
  return joined(of, { word: 'or', neutral: '0', decided: '1' })
}

export function not({ upper, lower }: SqlBounds): SqlBounds {
  return { upper: negated(lower), lower: negated(upper) }
}

export function atLeast(n: number, of: readonly SqlBounds[]): SqlBounds {
  const count = (texts: readonly string[]): string =>
    `arrayCount(x -> x, [${texts.map((text) => `toBool(${text})`).join(', ')}]) >= ${n}`
  return { upper: count(of.map((one) => one.upper)), lower: count(of.map((one) => one.lower)) }
}

function negated(sql: string): string {
  return sql === '1' ? '0' : sql === '0' ? '1' : `not(${sql})`
}

function joined(
  of: readonly SqlBounds[],
  { word, neutral, decided }: { readonly word: 'and' | 'or'; readonly neutral: string; readonly decided: string },
): SqlBounds {
  const join = (texts: readonly string[]): string => {
    const parts = [...new Set(texts)].filter((text) => text !== neutral)
    if (parts.includes(decided)) return decided
    return parts.length === 0 ? neutral : parts.length === 1 ? (parts[0] as string) : `${word}(${parts.join(', ')})`
  }
  return { upper: join(of.map((one) => one.upper)), lower: join(of.map((one) => one.lower)) }
}
