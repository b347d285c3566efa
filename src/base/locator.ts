/** Where in one piece of evidence something stands. Records, rows and lines count from 1; bytes from 0. */
export type Locator =
  | { readonly kind: 'whole' }
  | { readonly kind: 'record'; readonly n: number }
  | { readonly kind: 'row'; readonly n: number }
  | { readonly kind: 'line'; readonly n: number }
  | { readonly kind: 'bytes'; readonly from: number; readonly to: number }
  | { readonly kind: 'region'; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  | { readonly kind: 'range'; readonly unit: 'record' | 'row' | 'line'; readonly from: number; readonly to: number }
  | { readonly kind: 'set'; readonly unit: 'record' | 'row' | 'line'; readonly n: readonly number[] }

/** `record 12`, `rows 3-9`, `bytes 10-40`; empty for the whole. */
export function locatorText(at: Locator): string {
  switch (at.kind) {
    case 'whole':
      return ''
    case 'record':
    case 'row':
    case 'line':
      return `${at.kind} ${at.n}`
    case 'bytes':
      return `bytes ${at.from}-${at.to}`
    case 'region':
      return `region ${at.x},${at.y} ${at.width}x${at.height}`
    case 'range':
      return `${at.unit}s ${at.from}-${at.to}`
    case 'set':
      return `${at.unit}s ${at.n.slice(0, 8).join(', ')}${at.n.length > 8 ? ` and ${at.n.length - 8} more` : ''}`
  }
}
