/** Texts as JSON writes them. A slash may be escaped or not: undefined when one has many of them. */
export function writtenForms(texts: ReadonlyMap<string, readonly number[]>): Map<string, readonly number[]> | undefined {
  const written = new Map<string, readonly number[]>()
  for (const [text, rules] of texts) {
    const escaped = JSON.stringify(text).slice(1, -1)
    const slashes = escaped.split('/')
    if (slashes.length > 4) return undefined
    let forms = [slashes[0] ?? '']
    for (const rest of slashes.slice(1)) forms = forms.flatMap((form) => [`${form}/${rest}`, `${form}\\/${rest}`])
    for (const form of forms) written.set(form, [...(written.get(form) ?? []), ...rules])
  }
  return written
}
