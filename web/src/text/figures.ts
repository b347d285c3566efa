/** `1,886` */
export function figure(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `12 persons`, `1 person` */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${figure(n)} ${n === 1 ? one : many}`
}

/** A fraction of 1 as a percentage; never 0 or 100 unless it is exactly that. */
export function percent(fraction: number): string {
  if (fraction === 0) return '0 %'
  if (fraction === 1) return '100 %'
  if (fraction < 0.001) return 'under 0.1 %'
  if (fraction > 0.999) return 'over 99.9 %'
  return `${(fraction * 100).toFixed(1)} %`
}

/** `4.0 MiB` */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]}`
}

/** A text as a sentence: with one full stop at its end. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text.trimEnd()) ? text.trimEnd() : `${text.trimEnd()}.`
}

/** Upper-case first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
