/** What the URL names as unfolded in the graph; nothing where it names it wrongly. */
export function openIn(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string').slice(0, 40) : []
  } catch {
    return []
  }
}
