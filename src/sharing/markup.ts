import { printable } from '../base/index.ts'

/** Markup that is already safe; only `markup` makes it. */
export interface Html {
  readonly html: string
}

type Piece = string | number | undefined | Html | readonly Piece[]

/** Tagged template: every value that is not `Html` is made printable and escaped, so no evidence can become markup. */
export function markup(parts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return { html: parts.map((part, n) => part + (n < values.length ? render(values[n]) : '')).join('') }
}

function render(value: Piece): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escape(value)
  if (typeof value === 'number') return String(value)
  if ('html' in value) return value.html
  return value.map(render).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

function escape(text: string): string {
  return printable(text).replaceAll(/[&<>"'`]/g, (character) => entities[character] ?? '')
}
