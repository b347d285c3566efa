/** What a channel must stay away from: systems of the inventory by id, and why. */
export type Compromised = ReadonlyMap<string, string>

/** Why a system cannot carry word to persons at risk; undefined when nothing speaks against it. */
export function outsideFlaw(
  system: string,
  { compromised, systems }: { readonly compromised: Compromised; readonly systems: ReadonlySet<string> },
): string | undefined {
  const why = compromised.get(system.toLowerCase())
  if (why !== undefined) return `the channel goes over ${system}: ${why}`
  return systems.has(system.toLowerCase())
    ? undefined
    : `the channel goes over ${system}, which is not in the inventory: nobody can say that it is outside`
}
