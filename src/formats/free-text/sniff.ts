import { isRule, labelled, labelledParts } from './label.ts'

/** How records stand in a text. */
export type TextShape = 'blocks' | 'lines' | 'values'

/** Tells records in running text by its first lines; undefined = prose that no table should be made of unasked. */
export function sniffRecords(lines: readonly string[]): 'blocks' | 'lines' | undefined {
  const said = lines.filter((line) => !isRule(line)).slice(0, 200)
  if (said.length < 2) return undefined
  if (sameLabels(said)) return 'lines'
  return blocks(lines) ? 'blocks' : undefined
}

/** Most lines hold several labelled parts, and most of those begin with a label that another one has. */
function sameLabels(said: readonly string[]): boolean {
  const counts = new Map<string, number>()
  let lines = 0
  for (const line of said) {
    const parts = labelledParts(line)
    if (parts === undefined) continue
    lines += 1
    for (const label of new Set(parts.map((part) => part.label.toLowerCase()))) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return (
    lines >= 2 &&
    lines >= said.length * 0.6 &&
    counts
      .values()
      .filter((count) => count >= lines * 0.6)
      .toArray().length >= 2
  )
}

/** Most lines are `Key: value`, and at least two keys come back: in three blocks, or three keys in two. */
function blocks(lines: readonly string[]): boolean {
  const counts = new Map<string, number>()
  let pairs = 0
  let others = 0
  for (const line of lines.slice(0, 200)) {
    if (isRule(line)) continue
    const found = line.length > 500 ? undefined : labelled(line)
    if (found === undefined) others += 1
    else {
      pairs += 1
      counts.set(found.label.toLowerCase(), (counts.get(found.label.toLowerCase()) ?? 0) + 1)
    }
  }
  if (pairs < 4 || others > pairs * 0.5) return false
  const often = (times: number): number =>
    counts
      .values()
      .filter((count) => count >= times)
      .toArray().length
  return often(3) >= 2 || often(2) >= 3
}
