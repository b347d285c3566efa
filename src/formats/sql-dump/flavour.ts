/** How text literals are escaped: MySQL with backslashes, the standard (PostgreSQL, SQLite, SQL Server) by doubled quotes only. */
export interface Flavour {
  readonly name: 'mysql' | 'postgresql' | 'sqlite' | 'mssql' | 'unknown'
  readonly backslash: boolean
}

/** Flavour of a dump by its head. Where nothing names it, backslashes escape only if the head has `\'`. */
export function sniffFlavour(head: string): Flavour {
  if (/\bSET (?:IDENTITY_INSERT|ANSI_NULLS|QUOTED_IDENTIFIER) |INSERT (?:INTO )?\[|(?:^|\n)GO[ \t]{0,9}\r?\n/.test(head))
    return { name: 'mssql', backslash: false }
  if (/-- (?:MySQL|MariaDB) dump|\) ENGINE=|INSERT (?:IGNORE )?INTO `|LOCK TABLES `/.test(head))
    return { name: 'mysql', backslash: true }
  if (/PostgreSQL database dump|standard_conforming_strings|\nCOPY [^\n;]{1,2000} FROM stdin/i.test(head))
    return { name: 'postgresql', backslash: false }
  if (/PRAGMA foreign_keys|sqlite_sequence/.test(head)) return { name: 'sqlite', backslash: false }
  return { name: 'unknown', backslash: head.includes(String.raw`\'`) }
}
