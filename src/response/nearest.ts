const lettersAtMost = 40

/** The known word a misspelt one likely means: at most a third of its letters differ; undefined when none is near. */
export function nearest(said: string, known: readonly string[]): string | undefined {
  if (said.length > lettersAtMost) return undefined
  const ranked = known
    .map((word) => ({ word, steps: steps(said.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, steps: n }) => n <= Math.max(1, Math.floor(Math.max(word.length, said.length) / 3)))
    .sort((a, b) => a.steps - b.steps || (a.word < b.word ? -1 : 1))
  return ranked[0]?.word
}

/** Letters put in, left out or changed from one word to the other (Levenshtein distance). */
function steps(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, n) => n)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same))
    }
    row = next
  }
  return row[to.length] ?? 0
}
