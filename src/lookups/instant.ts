/** `2026-03-04 05:06:07.000000` of the engine as our fixed-width text. */
export function instant(text: string): string {
  return `${text.replace(' ', 'T')}Z`
}
