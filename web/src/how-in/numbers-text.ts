/** Ascending numbers with runs drawn together: `1 to 15, 17, 55`; beyond `most` runs only counted. */
export function numbersText(numbers: readonly number[], most = 12): string {
  const runs: { from: number; to: number }[] = []
  for (const n of numbers) {
    const last = runs.at(-1)
    if (last !== undefined && n === last.to + 1) last.to = n
    else runs.push({ from: n, to: n })
  }
  const said = runs
    .slice(0, most)
    .map(({ from, to }) => (from === to ? String(from) : to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`))
    .join(', ')
  const left = runs.slice(most).reduce((sum, { from, to }) => sum + to - from + 1, 0)
  return left === 0 ? said : `${said} and ${left} more`
}
