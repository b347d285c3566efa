/** Programs that administrators have too: their digest, or the service they install, says nothing of who used them. Ours. */
const common = new Set(
  [
    'psexec.exe psexec64.exe psexesvc.exe paexec.exe procdump.exe procdump64.exe adexplorer.exe adfind.exe handle.exe sdelete.exe',
    'plink.exe pscp.exe putty.exe winscp.exe ssh.exe rclone.exe curl.exe wget.exe nmap.exe ncat.exe',
    '7z.exe 7za.exe rar.exe unrar.exe winrar.exe',
    'anydesk.exe teamviewer.exe tv_x64.exe pg_dump.exe psql.exe mysqldump.exe sqlcmd.exe bcp.exe',
  ]
    .join(' ')
    .split(' '),
)

/** Whether a program, by its file name in any case, is one that administrators have too. */
export function isCommonTool(name: string): boolean {
  return common.has(name.toLowerCase())
}
