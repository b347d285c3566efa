import type { Party } from './thread.ts'

/** A vendor or a system of the inventory as sentences are searched for it. */
export interface Known {
  readonly kind: 'third-party' | 'system'
  readonly name: string
  /** In small letters. */
  readonly form: string
}

/** Vendors, suppliers and systems of the inventory that a text may name. In: parties of the estate; names of under four letters are left out. */
export function knownOf(parties: readonly Party[]): Known[] {
  return parties.flatMap(({ entry, name }): Known[] => {
    const form = name.toLowerCase().trim()
    if (form.length < 4) return []
    return [{ kind: entry.startsWith('system:') ? 'system' : 'third-party', name, form }]
  })
}

/** Those of them that a sentence in small letters names as whole words. */
export function knownIn(small: string, known: readonly Known[]): Known[] {
  return known.filter(({ form }) => {
    for (let at = small.indexOf(form); at >= 0; at = small.indexOf(form, at + form.length)) {
      const whole = !letter.test(small[at - 1] ?? ' ') && !letter.test(small[at + form.length] ?? ' ')
      if (whole) return true
    }
    return false
  })
}

const letter = /[\p{L}\p{N}]/u
