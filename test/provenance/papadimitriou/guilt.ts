// The guilt model of P. Papadimitriou and H. Garcia-Molina, "Data Leakage Detection", IEEE TKDE 23(1), 2011, as published.

/** Objects by number. */
export type Objects = ReadonlySet<number>

/** Pr{G_i | S} of every agent, Eq. (5): 1 - product over t in S and R_i of (1 - (1-p) / |V_t|). `p`: chance that an object was guessed. */
export function guilt(options: { readonly held: readonly Objects[]; readonly leaked: Objects; readonly p: number }): number[] {
  const { held, leaked, p } = options
  const holders = new Map<number, number>()
  for (const objects of held) for (const object of objects) holders.set(object, (holders.get(object) ?? 0) + 1)
  return held.map((objects) => {
    let innocent = 1
    for (const object of objects) if (leaked.has(object)) innocent *= 1 - (1 - p) / (holders.get(object) ?? 1)
    return 1 - innocent
  })
}

/** Mean and least of Delta(i, j) = Pr{G_i | S = R_i} - Pr{G_j | S = R_i} over all ordered pairs of agents. */
export function differences(held: readonly Objects[], p: number): { readonly average: number; readonly least: number } {
  let sum = 0
  let least = Number.POSITIVE_INFINITY
  for (const [i, leaked] of held.entries()) {
    const shares = guilt({ held, leaked, p })
    for (const [j, share] of shares.entries()) {
      if (j === i) continue
      const delta = (shares[i] ?? 0) - share
      sum += delta
      least = Math.min(least, delta)
    }
  }
  return { average: sum / (held.length * (held.length - 1)), least }
}
