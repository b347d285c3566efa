/** Named parts of a text that fits a template. */
export type Captures = Record<string, string>

/** A compiled template: the captures of a text that begins as the template says; undefined for another text. */
export type Template = (text: string) => Captures | undefined

type Kind = 'word' | 'int' | 'ip' | 'peer' | 'any' | 'last' | 'quoted'

interface Slot {
  readonly name: string
  readonly kind: Kind
  /** The literal behind the slot; '' at the end of the template. */
  readonly until: string
}

const slotPattern = /\{(\w{0,40})(?::(word|int|ip|peer|any|last|quoted))?\}/g

/**
 * Compiles a template of a line or message: literal text with slots. `{user}` takes one or more characters other than
 * white space, `{n:int}` digits, `{src:ip}` an address, `{src:peer}` an address with a port (kept as `srcPort`), `{text:any}` anything up to the first place of the literal behind
 * it, `{text:last}` anything up to its last place (for names that a sender chooses freely), `{text:quoted}` anything
 * up to the first place that no backslash precedes. A slot without a name is not
 * kept. A blank that ends a literal takes a run of blanks. Text behind the end of the template is left alone. Time linear
 * in the text: nothing is tried twice.
 */
export function compileTemplate(template: string): Template {
  const slots: Slot[] = []
  let lead = ''
  let at = 0
  for (const found of template.matchAll(slotPattern)) {
    const literal = template.slice(at, found.index)
    if (slots.length === 0) lead = literal
    else slots[slots.length - 1] = { ...(slots.at(-1) as Slot), until: literal }
    slots.push({ name: found[1] ?? '', kind: (found[2] as Kind | undefined) ?? 'word', until: '' })
    at = found.index + found[0].length
  }
  const tail = template.slice(at)
  if (slots.length === 0) lead = tail
  else slots[slots.length - 1] = { ...(slots.at(-1) as Slot), until: tail }
  return (text) => (text.startsWith(lead) ? match(text, slots, afterBlanks(text, lead, lead.length)) : undefined)
}

function match(text: string, slots: readonly Slot[], from: number): Captures | undefined {
  const captures: Captures = {}
  let at = from
  for (const { name, kind, until } of slots) {
    const end = slotEnd(text, at, kind, until)
    if (end === -1) return undefined
    const value = text.slice(at, end)
    if (!fits(value, kind)) return undefined
    if (kind === 'peer' && !splitPeer(value, name, captures)) return undefined
    if (name !== '' && kind !== 'peer') captures[name] = kind === 'any' || kind === 'last' ? value.trim() : value
    at = afterBlanks(text, until, end + until.length)
  }
  return captures
}

/** `192.0.2.1:443`, `[2001:db8::1]:443`, or without the port. */
function splitPeer(text: string, name: string, captures: Captures): boolean {
  const colon = text.lastIndexOf(':')
  const bracket = text.lastIndexOf(']')
  const bare = text.indexOf(':') !== colon && bracket === -1
  const port = colon > bracket && !bare ? text.slice(colon + 1) : ''
  const address = port === '' ? text : text.slice(0, colon)
  if (port !== '' && !/^\d{1,5}$/.test(port)) return false
  captures[name] = address.startsWith('[') && address.endsWith(']') ? address.slice(1, -1) : address
  if (port !== '') captures[`${name}Port`] = port
  return fits(captures[name] ?? '', 'ip')
}

function slotEnd(text: string, at: number, kind: Kind, until: string): number {
  if (until !== '' && kind === 'quoted') return unescapedEnd(text, at, until)
  if (until !== '') return kind === 'last' ? text.lastIndexOf(until) : text.indexOf(until, at)
  if (kind === 'any' || kind === 'last') return text.length
  for (let i = at; i < text.length; i += 1) if (isBlank(text.charCodeAt(i))) return i
  return text.length
}

/** The first place of `until` that no backslash precedes. */
function unescapedEnd(text: string, from: number, until: string): number {
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1
    else if (text.startsWith(until, i)) return i
  }
  return -1
}

function afterBlanks(text: string, literal: string, at: number): number {
  if (!literal.endsWith(' ')) return at
  let next = at
  while (text.charCodeAt(next) === 32) next += 1
  return next
}

function fits(value: string, kind: Kind): boolean {
  switch (kind) {
    case 'any':
    case 'last':
    case 'quoted':
      return true
    case 'int':
      return /^\d{1,20}$/.test(value)
    case 'ip':
      return value.length <= 60 && /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]+(?:%\w{1,20})?)$/i.test(value)
    case 'peer':
    case 'word':
      for (let i = 0; i < value.length; i += 1) if (isBlank(value.charCodeAt(i))) return false
      return value !== ''
  }
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}
