import { limits } from '../../base/index.ts'

const entity: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * The fields of one Windows event written as XML (`<Event xmlns=…><System>…`), named as an EVTX record's: those of System
 * (`Provider_Name`, `EventID`, `TimeCreated`, `Computer`, `Channel`, …) and of EventData or UserData by their names.
 * Undefined for another text. Entities other than the five of XML and numbers stay as written; nothing is expanded.
 */
export function readEventXml(text: string): Record<string, string> | undefined {
  if (!/^\s{0,16}(?:<\?xml[^>]{0,200}\?>\s{0,16})?<Event[ >]/.test(text)) return undefined
  const fields: Record<string, string> = {}
  const path: string[] = []
  let nameless = 0
  let count = 0
  const put = (name: string, value: string): void => {
    if (name === '' || count >= limits.eventFields) return
    count += 1
    const key = name.replaceAll(' ', '')
    fields[key === '__proto__' ? '(__proto__)' : key] = decoded(value).slice(0, limits.fieldChars)
  }
  let at = text.indexOf('<')
  while (at !== -1 && path.length < limits.depth) {
    const close = text.indexOf('>', at)
    if (close === -1) break
    const tag = text.slice(at + 1, close)
    const next = text.indexOf('<', close)
    const content = text.slice(close + 1, next === -1 ? undefined : next)
    if (tag.startsWith('/')) {
      path.pop()
    } else if (!tag.startsWith('?') && !tag.startsWith('!')) {
      const element = /^[\w:.-]{1,128}/.exec(tag)?.[0] ?? ''
      const attributes = attributesOf(tag.slice(element.length))
      const inSystem = path.at(-1) === 'System'
      const empty = tag.endsWith('/')
      const closes = !empty && text.startsWith(`</${element}>`, next === -1 ? text.length : next)
      if (inSystem) {
        for (const [name, value] of attributes)
          put(element === 'TimeCreated' && name === 'SystemTime' ? 'TimeCreated' : `${element}_${name}`, value)
        if (closes) put(element, content)
      } else if ((closes || empty) && path.length >= 2) {
        const data = attributes.find(([name]) => name === 'Name')?.[1]
        if (element === 'Data' && data === undefined) nameless += 1
        if (closes || element === 'Data') put(element === 'Data' ? (data ?? `Param${nameless}`) : element, closes ? content : '')
      }
      if (!empty) path.push(element)
    }
    at = next
  }
  return fields['EventID'] === undefined && fields['Channel'] === undefined ? undefined : fields
}

function attributesOf(text: string): [string, string][] {
  const found: [string, string][] = []
  for (const one of text.slice(0, 4_096).matchAll(/([\w:.-]{1,128})=(?:"([^"]*)"|'([^']*)')/g))
    found.push([one[1] ?? '', one[2] ?? one[3] ?? ''])
  return found
}

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);/gi, (all, name: string) => {
    if (!name.startsWith('#')) return entity[name.toLowerCase()] ?? all
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code)
  })
}
