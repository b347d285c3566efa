/** Wilson's interval of a share at 99 %: both ends, 0 to 1. */
export function wilson(part: number, whole: number): { readonly low: number; readonly high: number } {
  if (whole <= 0) return { low: 0, high: 1 }
  const z = 2.576
  const p = part / whole
  const centre = p + (z * z) / (2 * whole)
  const spread = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole))
  const scale = 1 + (z * z) / whole
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) }
}

/** `97 %`; shares near the ends are not rounded to none or all. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %'
  if (share < 1 && share > 0.99) return 'over 99 %'
  return `${Math.round(share * 100)} %`
}
