const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The number of a month by the first three letters of its English name, as text; `0` where there is none of that name. */
export function monthNumber(name: string): string {
  return String(months.indexOf(name.toLowerCase()) + 1)
}
